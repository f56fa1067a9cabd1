"""zaguan ai summarise, translate, index, tag, jobs, cancel: long work with one's documents."""

import argparse
import time
from typing import Any

from zaguan.commands import Commands, number
from zaguan.failures import Failure
from zaguan.session import Session

JOBS = "/api/ai/jobs"
LOOK = 1.0  # seconds between two looks at a job
UNFINISHED = {"queued", "running"}
Job = dict[str, Any]


def register(area: Commands) -> None:
    summarised = area.add("summarise", summarise, "make a summary of a document; it is a new document")
    translated = area.add("translate", translate, "translate a document; what comes of it is a new document")
    translated.add_argument("--into", choices=["es", "en"], required=True, help="the language")
    indexed = area.add("index", index, "read all your documents again for the search by meaning")
    tagged = area.add("tag", tag, "give all your documents those suggested tags that are sure")
    for parser in (summarised, translated):
        parser.add_argument("id", metavar="ID", help="of the document")
        parser.add_argument("--model", help="as `zaguan ai models` shows it")
    for parser in (summarised, translated, indexed, tagged):
        parser.add_argument("--no-wait", action="store_true", help="do not wait for its end")
    listed = area.add("jobs", list_jobs, "your long work, and how it is getting on")
    listed.add_argument("--limit", type=number(1, 100), metavar="1-100", default=20)
    area.add("cancel", cancel, "cancel long work").add_argument("id", nargs="+", metavar="ID")


def summarise(session: Session, told: argparse.Namespace) -> None:
    _begin(session, told, {"kind": "summarise", "document": told.id, "model": told.model})


def translate(session: Session, told: argparse.Namespace) -> None:
    wish = {"kind": "translate", "document": told.id, "into": told.into, "model": told.model}
    _begin(session, told, wish)


def index(session: Session, told: argparse.Namespace) -> None:
    _begin(session, told, {"kind": "index"})


def tag(session: Session, told: argparse.Namespace) -> None:
    _begin(session, told, {"kind": "tag"})


def list_jobs(session: Session, told: argparse.Namespace) -> None:
    page = session.ask("GET", JOBS, params={"limit": str(told.limit)}).json()
    rows = ([job["id"], job["kind"], job["params"].get("title", ""), _state(job)] for job in page["items"])
    session.screen.table(page, ["ID", "KIND", "OF", "STATE"], rows)


def cancel(session: Session, told: argparse.Namespace) -> None:
    session.screen.each("Cancelled", told.id, lambda job: session.ask("DELETE", f"{JOBS}/{job}"))


def _begin(session: Session, told: argparse.Namespace, wish: dict[str, Any]) -> None:
    """Shows the new document's id, or of how many documents what has become; without waiting, the job's."""
    job = session.ask("POST", JOBS, content=wish).json()
    if told.no_wait:
        session.screen.result(job, job["id"])
        return
    session.screen.say(f"Job {job['id']}. Ctrl-C lets it go on; `zaguan ai cancel` ends it.")
    job = _ended(session, job)
    report = session.ask("GET", f"{JOBS}/{job['id']}/report", params={"limit": "500"}).json()["items"]
    if job["state"] != "done":
        raise Failure(job["reason"]["detail"] if job["reason"] else "It was cancelled.")
    session.screen.result(job | {"report": report}, _made(job, report))


def _ended(session: Session, job: Job) -> Job:
    while job["state"] in UNFINISHED:
        time.sleep(LOOK)
        job = session.ask("GET", f"{JOBS}/{job['id']}").json()
    return job


def _made(job: Job, report: list[Job]) -> str:
    if "document" in job["params"]:
        return str(report[0]["result"])
    counts = job["counts"]
    return f"{counts['succeeded']} done, {counts['left_out']} left out, {counts['failed']} failed"


def _state(job: Job) -> str:
    if job["state"] == "running" and job["total"]:
        return f"running, {job['done']} of {job['total']}"
    return f"failed: {job['reason']['code']}" if job["reason"] else str(job["state"])

"""Long work through the whole house: gateway → documents → queue → worker, whatever is killed and whoever must stop."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx2
import pytest

from tests.support import people
from tests.support.platform import Platform, running_platform
from tests.support.waiting import until

SignIn = Callable[[people.Account], httpx2.Client]
ZIP = {"Content-Type": "application/zip"}
MANY = 600


def archive(word: str, count: int = MANY) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as files:
        for number in range(count):
            files.writestr(
                f"{number:04}.md", f"# {word} {number:04}\n\n" + "some words of no interest " * 100
            )
    return made.getvalue()


def begin(person: httpx2.Client, data: bytes) -> str:
    answer = person.post("/api/documents/imports?name=notes.zip", content=data, headers=ZIP)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def job_of(person: httpx2.Client, job: str) -> dict[str, Any]:
    told: dict[str, Any] = person.get(f"/api/documents/jobs/{job}").json()
    return told


def titles(person: httpx2.Client, word: str) -> Counter[str]:
    items = pages(person, "/api/documents", 100)
    return Counter(item["title"] for item in items if item["title"].startswith(word))


def lines(person: httpx2.Client, job: str) -> list[str]:
    return [line["subject"] for line in pages(person, f"/api/documents/jobs/{job}/report", 500)]


def pages(person: httpx2.Client, path: str, limit: int) -> list[dict[str, Any]]:
    items, params = list[dict[str, Any]](), {"limit": str(limit)}
    while True:
        page = person.get(path, params=params).json()
        items += page["items"]
        if page["next"] is None:
            return items
        params["cursor"] = page["next"]


def until_it_gets_on(person: httpx2.Client, job: str) -> None:
    before = job_of(person, job)["done"]
    until(lambda: job_of(person, job)["done"] > before or job_of(person, job)["state"] == "done")


def is_on_its_way(person: httpx2.Client, job: str) -> bool:
    told = job_of(person, job)
    assert told["state"] in {"queued", "running"}, told
    return bool(told["done"] > 0)


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    """A platform that no other test uses: thousands of documents stay in it."""
    with running_platform() as platform:
        yield platform


@pytest.fixture
def sign_in(own: Platform) -> Iterator[SignIn]:
    with ExitStack() as clients:
        yield lambda account: clients.enter_context(closing(people.sign_in(own.url, account)))


@pytest.fixture
def mar(sign_in: SignIn) -> httpx2.Client:
    return sign_in("mar")


@pytest.mark.timeout(900)
def test_whatever_is_killed_no_document_is_lost_and_none_is_there_twice(
    own: Platform, mar: httpx2.Client
) -> None:
    job = begin(mar, archive("Killed"))
    kills = 0
    while job_of(mar, job)["state"] in {"queued", "running"} and kills < 4:
        until_it_gets_on(mar, job)
        own.kill("documents_worker")
        own.start("documents_worker")
        kills += 1
    until(lambda: job_of(mar, job)["state"] == "done")
    assert kills >= 2
    assert titles(mar, "Killed") == {f"Killed {number:04}": 1 for number in range(MANY)}
    assert lines(mar, job) == [f"{number:04}.md" for number in range(MANY)]
    assert job_of(mar, job)["counts"] == {"succeeded": MANY, "left_out": 0, "failed": 0}


def test_cancelled_it_stops_at_once_and_what_is_there_stays(mar: httpx2.Client) -> None:
    job = begin(mar, archive("Cancelled"))
    until(lambda: is_on_its_way(mar, job))
    assert mar.delete(f"/api/documents/jobs/{job}").status_code == 204
    ended = job_of(mar, job)
    assert ended["state"] == "cancelled"
    assert 0 < ended["done"] < MANY
    assert titles(mar, "Cancelled").total() == len(lines(mar, job)) == ended["done"]
    later = job_of(mar, job)
    assert later == ended
    assert titles(mar, "Cancelled").total() == ended["done"]


def test_who_signs_out_everywhere_ends_what_was_begun(sign_in: SignIn) -> None:
    first = sign_in("mar")
    job = begin(first, archive("Everywhere"))
    until(lambda: is_on_its_way(first, job))
    assert first.delete("/api/account/sessions").status_code == 204
    assert_ended(sign_in("mar"), job, "Everywhere")


def test_who_only_signs_out_finds_it_done(sign_in: SignIn) -> None:
    first = sign_in("mar")
    job = begin(first, archive("Signed out", 30))
    assert first.post("/auth/logout").status_code == 204
    again = sign_in("mar")
    until(lambda: job_of(again, job)["state"] == "done")
    assert titles(again, "Signed out").total() == 30


def test_who_is_suspended_has_nothing_more_done(sign_in: SignIn) -> None:
    mar, ada = sign_in("mar"), sign_in("ada")
    person = mar.get("/api/account").json()["id"]
    waiting = [begin(mar, archive(f"Waiting {number}", 200)) for number in range(3)]
    until(lambda: is_on_its_way(mar, waiting[0]))
    try:
        assert ada.patch(f"/api/admin/users/{person}", json={"status": "suspended"}).status_code == 200
    finally:
        until(lambda: mar.get("/api/documents").status_code == 401)
        assert ada.patch(f"/api/admin/users/{person}", json={"status": "active"}).status_code == 200
    again = sign_in("mar")
    for number, job in enumerate(waiting):
        assert_ended(again, job, f"Waiting {number}")


def assert_ended(person: httpx2.Client, job: str, word: str) -> None:
    """Failed because nobody may act for the person any more, with what was done before and nothing after."""
    until(lambda: job_of(person, job)["state"] == "failed")
    told = job_of(person, job)
    assert told["reason"]["code"] == "ended"
    assert told["done"] < MANY
    assert titles(person, word).total() == told["done"] == len(lines(person, job))


def test_everything_that_an_archive_may_hold_goes_through_the_door(mar: httpx2.Client) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as files:
        files.writestr("large.md", "x" * 900_000)
        files.writestr("picture.png", bytes(15_000_000))
    job = begin(mar, made.getvalue())
    until(lambda: job_of(mar, job)["state"] == "done")
    assert job_of(mar, job)["counts"] == {"succeeded": 1, "left_out": 1, "failed": 0}
    too_large = mar.post("/api/documents/imports", content=bytes(16 * 1024 * 1024 + 1), headers=ZIP)
    assert (too_large.status_code, too_large.headers["content-type"]) == (413, "application/problem+json")

"""Long work with documents through the whole house: gateway → ai → queue → worker → documents, as the person."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx2
import pytest

from ai.tests import upstreams
from ai.tests.upstreams import FakeUpstream
from tests.support import people
from tests.support.platform import Platform, running_platform
from tests.support.waiting import until

SignIn = Callable[[people.Account], httpx2.Client]
LONG = "\n\n".join(f"The committee spoke about the garden, number {number}. " * 8 for number in range(60))
SPANISH = "# La casa grande\n\nEl perro `ls` duerme en [la casa](http://x.es).\n"
UNFINISHED = {"queued", "running"}


@pytest.fixture(scope="module")
def upstream() -> Iterator[FakeUpstream]:
    with upstreams.running() as fake:
        yield fake


@pytest.fixture(scope="module")
def own(upstream: FakeUpstream) -> Iterator[Platform]:
    """A platform with models that behave as they are called."""
    with running_platform(prepare=lambda secrets: upstreams.write_models(secrets, upstream.url)) as platform:
        yield platform


@pytest.fixture
def sign_in(own: Platform) -> Iterator[SignIn]:
    with ExitStack() as clients:
        yield lambda account: clients.enter_context(closing(people.sign_in(own.url, account)))


def save(person: httpx2.Client, title: str, body: str) -> str:
    return str(person.post("/api/documents", json={"title": title, "body": body}).json()["id"])


def begin(person: httpx2.Client, **wish: Any) -> str:
    answer = person.post("/api/ai/jobs", json=wish)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def job_of(person: httpx2.Client, job: str) -> dict[str, Any]:
    told: dict[str, Any] = person.get(f"/api/ai/jobs/{job}").json()
    return told


def ended(person: httpx2.Client, job: str) -> dict[str, Any]:
    until(lambda: job_of(person, job)["state"] not in UNFINISHED)
    return job_of(person, job)


def titles(person: httpx2.Client) -> list[str]:
    return [item["title"] for item in person.get("/api/documents?limit=100").json()["items"]]


def result(person: httpx2.Client, job: str) -> dict[str, Any]:
    (line,) = person.get(f"/api/ai/jobs/{job}/report").json()["items"]
    told: dict[str, Any] = person.get(f"/api/documents/{line['result']}").json()
    return told


@pytest.mark.timeout(900)
def test_without_any_model_named_a_document_is_translated_and_all_are_indexed_and_tagged(
    stack: Platform,
) -> None:
    with closing(people.sign_in(stack.url, "mar")) as mar, closing(people.sign_in(stack.url, "ada")) as ada:
        document = save(mar, "La casa grande", SPANISH)
        job = begin(mar, kind="translate", document=document, into="en")
        assert ended(mar, job)["state"] == "done"
        made = result(mar, job)
        assert made["title"] == "The big house"
        assert made["body"] == "# The big house\n\nThe dog `ls` sleeps in [the house](http://x.es).\n"
        assert ada.get(f"/api/ai/jobs/{job}").status_code == 404
        assert ada.get(f"/api/documents/{made['id']}").status_code == 404
        for kind in ("summarise", "translate"):
            into = {"into": "en"} if kind == "translate" else {}
            wish = {"kind": kind, "document": document, **into}
            assert ada.post("/api/ai/jobs", json=wish).status_code == 404
        indexed, tagged = ended(mar, begin(mar, kind="index")), ended(mar, begin(mar, kind="tag"))
        assert (indexed["state"], tagged["state"]) == ("done", "done")
        assert indexed["done"] == tagged["done"] == len(titles(mar))


@pytest.mark.timeout(900)
def test_the_worker_is_killed_and_there_is_one_summary(own: Platform, sign_in: SignIn) -> None:
    mar = sign_in("mar")
    job = begin(mar, kind="summarise", document=save(mar, "Minutes", LONG), model="slow")
    until(lambda: job_of(mar, job)["done"] > 0)
    own.kill("ai_worker")
    own.start("ai_worker")
    told = ended(mar, job)
    assert (told["state"], told["reason"]) == ("done", None)
    assert titles(mar).count("Summary of Minutes") == 1
    assert result(mar, job)["body"].startswith("uno dos")


@pytest.mark.timeout(900)
def test_who_is_suspended_has_nothing_more_done_whether_it_waits_or_runs(
    own: Platform, sign_in: SignIn, upstream: FakeUpstream
) -> None:
    mar, ada = sign_in("mar"), sign_in("ada")
    account = f"/api/admin/users/{mar.get('/api/account').json()['id']}"
    source, spanish = save(mar, "Plans", LONG), save(mar, "La casa", SPANISH)
    asked, broken_off = len(upstream.seen("silent")), upstream.broken_off("silent")
    runs = begin(mar, kind="summarise", document=source, model="silent-long")
    until(lambda: len(upstream.seen("silent")) > asked)
    before = titles(mar)
    waits = [begin(mar, kind="summarise", document=source, model="silent-long") for _ in range(2)]
    waits.append(begin(mar, kind="translate", document=spanish, into="en", model="steady"))
    try:
        assert ada.patch(account, json={"status": "suspended"}).status_code == 200
        until(lambda: upstream.broken_off("silent") > broken_off)
    finally:
        until(lambda: mar.get("/api/documents").status_code == 401)
        assert ada.patch(account, json={"status": "active"}).status_code == 200
    again = sign_in("mar")
    for job in (runs, *waits):
        told = ended(again, job)
        assert (told["state"], told["reason"]["code"]) == ("failed", "ended")
    assert titles(again) == before


@pytest.mark.timeout(900)
def test_cancelled_the_model_is_left_alone(sign_in: SignIn, upstream: FakeUpstream) -> None:
    mar = sign_in("mar")
    asked, broken_off = len(upstream.seen("silent")), upstream.broken_off("silent")
    job = begin(mar, kind="summarise", document=save(mar, "Cancelled", LONG), model="silent-long")
    until(lambda: len(upstream.seen("silent")) > asked)
    assert mar.delete(f"/api/ai/jobs/{job}").status_code == 204
    until(lambda: upstream.broken_off("silent") > broken_off)
    assert job_of(mar, job)["state"] == "cancelled"
    assert "Summary of Cancelled" not in titles(mar)
    until(lambda: mar.get("/api/ai/usage").json()["day"]["reserved"] == 0)

"""Pulled plugs: the gateway fails closed, what was saved stays saved, sessions live on."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import httpx2
import pytest

from tests.journey.test_one_sign_in import eventually
from tests.support import admin, people
from tests.support.platform import Platform, running_platform
from tests.support.promises import Revoked
from tests.support.waiting import until


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    """A platform that no other test uses: here parts are killed while they work."""
    with running_platform({"RATE_API": "5000r/s"}) as platform:
        yield platform


def test_without_the_backend_nothing_protected_is_answered(own: Platform) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar, people.visitor(own.url) as visitor:
        assert mar.get("/api/documents").status_code == 200
        own.stop("backend")
        refused = Revoked().refuses(partial(mar.get, "/api/documents"), status=503)
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert int(refused.headers["Retry-After"]) >= 1
        assert refused.json()["type"] == "/docs/errors/unavailable"
        assert mar.get("/api/account").status_code == 503
        assert visitor.get("/api/documents/samples").status_code == 503
        assert visitor.get("/").status_code == 200
        own.start("backend")
        assert eventually(mar, "/api/documents", 200).status_code == 200
        assert mar.get("/api/account").json()["email"] == "mar@demo.example"


def test_without_a_service_the_others_go_on(own: Platform) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar:
        own.kill("documents")
        answer = mar.get("/api/documents")
        assert (answer.status_code, answer.json()["type"]) == (503, "/docs/errors/unavailable")
        assert mar.get("/api/account").status_code == 200
        own.start("documents")
        assert eventually(mar, "/api/documents", 200).status_code == 200


def test_what_was_acknowledged_survives_kill_9(own: Platform) -> None:
    """A ledger of what was answered 201 is compared with what is there afterwards: nothing lost, nothing twice."""
    ledger: list[str] = []
    stop = threading.Event()

    def save(writer: int) -> list[int]:
        """Save until told to stop; every status that was met."""
        met: list[int] = []
        with closing(people.sign_in(own.url, "mar")) as mar:
            while not stop.wait(0.01):
                title = f"ledger {writer}-{len(met)}"
                met.append(_save(mar, title))
                if met[-1] == 201:
                    ledger.append(title)
        return met

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(save, number) for number in range(3)]
        for name in ("documents", "backend", "documents"):
            _until_longer(ledger, by=20)
            own.kill(name)
            own.start(name)
        _until_longer(ledger, by=20)
        stop.set()
    met = {status for writer in writers for status in writer.result()}

    with closing(people.sign_in(own.url, "mar")) as mar:
        saved = list(_titles(mar, "ledger"))
    assert 201 in met
    assert met <= {201, 503, 504}
    assert len(saved) == len(set(saved))
    assert set(ledger) <= set(saved)


def test_suspension_holds_everywhere_within_two_seconds_and_approval_too(own: Platform) -> None:
    with closing(people.sign_in(own.url, "pau")) as pau:
        assert pau.get("/api/documents").status_code == 403
        admin.run(own, "users", "approve", "pau@elsewhere.example")
        assert eventually(pau, "/api/documents", 200).status_code == 200
        admin.run(own, "users", "suspend", "pau@elsewhere.example")
        gone = Revoked()
        for path in ("/api/documents", "/api/account"):
            gone.refuses(partial(pau.get, path))
        refused = pau.get("/auth/login")
        chosen = pau.post(refused.headers["location"], data={"account": "pau"})
        page = pau.get(chosen.headers["location"])
        assert page.status_code == 403
        assert "suspended" in page.text
        assert "__Host-session" not in page.headers.get("set-cookie", "")


def _save(client: httpx2.Client, title: str) -> int:
    return client.post("/api/documents", json={"title": title, "body": "", "tags": ["ledger"]}).status_code


def _until_longer(ledger: list[str], by: int) -> None:
    """Wait until something goes through (again)."""
    goal = len(ledger) + by
    until(lambda: len(ledger) >= goal)


def _titles(client: httpx2.Client, tag: str) -> Iterator[str]:
    cursor = None
    while True:
        params = {"limit": "100", "tag": tag} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/documents", params=params).json()
        yield from (item["title"] for item in page["items"])
        cursor = page["next"]
        if cursor is None:
            return

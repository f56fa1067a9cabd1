"""The signing key and the master key are replaced under load: no request notices, and the old ones are gone."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

import httpx2
import pytest
from cryptography.fernet import Fernet, InvalidToken

from tests.support import admin, people
from tests.support.platform import Platform, running_platform
from tests.support.waiting import until

WANTED = 200  # requests a second
CLIENTS = 6
LEAST = 5  # a second, that even a machine with other work on it has to give
PROCESSES_LOOK = 6  # seconds: backend processes read the table of keys every five
DRAFT = {"title": "Under load", "body": "", "tags": []}

Met = Counter[tuple[str, int]]


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    with running_platform(
        {"RATE_API": "5000r/s", "RATE_VISITOR": "5000r/s", "RATE_SIGN_IN": "5000r/s"}
    ) as platform:
        yield platform


@contextmanager
def load(platform: Platform) -> Iterator[Met]:
    """A person's reads and writes, and a visitor's reads, about WANTED a second in all; what was answered."""
    met: Met = Counter()
    done, lock = threading.Event(), threading.Lock()

    def ask(number: int) -> None:
        with ExitStack() as open_until:
            mar = open_until.enter_context(closing(people.sign_in(platform.url, "mar")))
            visitor = open_until.enter_context(people.visitor(platform.url))
            turns = [
                (mar, "GET", "/api/account"),
                (visitor, "GET", "/api/documents/samples"),
                (mar, "GET", "/api/documents?limit=1"),
                (mar, "POST", "/api/documents"),
            ]
            beat, due = CLIENTS / WANTED, time.monotonic()
            while not done.is_set():
                client, method, path = turns[0]
                turns.append(turns.pop(0))
                status = client.request(method, path, json=DRAFT if method == "POST" else None).status_code
                with lock:
                    met[f"{method} {path}", status] += 1
                due = max(due + beat, time.monotonic() - 1)
                time.sleep(max(0.0, due - time.monotonic()))

    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(ask, number) for number in range(CLIENTS)]
        try:
            time.sleep(1)
            yield met
        finally:
            done.set()
            for client in running:
                client.result()


def assert_nothing_failed(met: Met, seconds: float) -> None:
    failed = {what: count for what, count in met.items() if what[1] not in {200, 201}}
    assert failed == {}
    assert len(met) == 4
    print(f"{met.total()} requests, {met.total() / seconds:.0f} a second")
    assert met.total() > LEAST * seconds, f"{met.total()} requests in {seconds:.0f} s are no load"


def kids(platform: Platform) -> set[str]:
    keys = httpx2.get(f"{platform.url}/.well-known/jwks.json", trust_env=False).json()["keys"]
    return {key["kid"] for key in keys}


def test_the_signing_key(own: Platform) -> None:
    """With no lead at all, so that services meet a key that they have not seen, and a short overlap."""
    began, before = time.monotonic(), kids(own)
    with load(own) as met:
        told = admin.run(own, "keys", "rotate", "--lead", "0", "--overlap", "10")
        time.sleep(1)
        assert kids(own) >= before
        time.sleep(10 + PROCESSES_LOOK)
    assert "is published" in told
    until(lambda: len(kids(own)) == 1)
    assert not kids(own) & before
    assert_nothing_failed(met, time.monotonic() - began)


def test_the_master_key(own: Platform) -> None:
    """A sign-in that was begun under the old key ends under the new one; of the old one nothing is left."""
    file = own.stack.secrets / "master-key"
    old, began = file.read_text().strip(), time.monotonic()
    with load(own) as met, people.visitor(own.url) as pau:
        asked = pau.get("/auth/login")
        with ThreadPoolExecutor(1) as command:
            rotated = command.submit(admin.run, own, "secrets", "rotate", "--overlap", "8")
            while file.read_text().count("\n") != 2 or file.read_text().startswith(old):
                assert not rotated.done(), rotated.result()
                time.sleep(0.05)
            chosen = pau.post(asked.headers["location"], data={"account": "pau"})
            assert pau.get(chosen.headers["location"]).status_code == 303
            told = rotated.result()
        time.sleep(PROCESSES_LOOK)
    assert "The old keys are gone" in told
    assert_nothing_failed(met, time.monotonic() - began)

    new = file.read_text().strip()
    assert "\n" not in new
    assert new != old
    with pytest.raises(InvalidToken):
        Fernet(old).decrypt(Fernet(new).encrypt(b""))
    own.stop("backend")
    own.start("backend")  # refuses to start if the signing key did not open
    people.sign_in(own.url, "mar").close()
    assert old not in "".join(own.logs(name) for name in own.parts)
    assert new not in "".join(own.logs(name) for name in own.parts)


def test_a_rotation_that_was_killed_goes_on(own: Platform) -> None:
    """kill -9 while it waits; meanwhile everything works with both keys, and called again it ends."""
    file = own.stack.secrets / "master-key"
    began = time.monotonic()
    with load(own) as met:
        with admin.running(own, "secrets", "rotate", "--overlap", "600") as first:
            while (
                file.read_text().count("\n") < 2 or not (own.stack.secrets / "master-key.rotation").exists()
            ):
                time.sleep(0.05)
            time.sleep(6)
            first.kill()
        two = set(file.read_text().split())
        told = admin.run(own, "secrets", "rotate", "--overlap", "8")
    (left,) = file.read_text().split()
    assert left in two
    assert "1/4" not in told
    assert_nothing_failed(met, time.monotonic() - began)

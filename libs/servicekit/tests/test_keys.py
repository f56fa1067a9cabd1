"""The public keys are fetched rarely, whoever asks, and outlive the backend's absence."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from joserfc.jwk import ECKey, KeySet, KeySetSerialization

from servicekit.identity import InvalidToken, Keys, Verifier, fetcher
from servicekit.problems import Unavailable
from servicekit.testing import Issuer
from tests.support.waiting import LONG


class Backend:
    """Key sets as the backend would publish them; `error` is what fetching them meets instead."""

    def __init__(self) -> None:
        self.keys = [ECKey.generate_key("P-256", auto_kid=True)]
        self.fetches = 0
        self.error: Exception | None = None

    def fetch(self) -> KeySetSerialization:
        self.fetches += 1
        if self.error:
            raise self.error
        return KeySet([*self.keys]).as_dict(private=False)

    def rotate(self) -> str:
        key = ECKey.generate_key("P-256", auto_kid=True)
        self.keys.insert(0, key)
        return str(key.kid)

    @property
    def kid(self) -> str:
        return str(self.keys[-1].kid)


class Clock:
    """Time that passes when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("servicekit.identity.time.monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def keys(backend: Backend, clock: Clock) -> Keys:
    return Keys(backend.fetch)


def test_keys_are_fetched_once_a_minute(keys: Keys, backend: Backend, clock: Clock) -> None:
    for _ in range(100):
        assert keys.containing(backend.kid)
    clock.now += 61
    assert keys.containing(backend.kid)
    assert backend.fetches == 2


def test_a_thousand_unknown_key_ids_cause_two_fetches_at_most(
    keys: Keys, backend: Backend, clock: Clock
) -> None:
    for _ in range(1000):
        with pytest.raises(InvalidToken):
            keys.containing(uuid4().hex)
        clock.now += 0.01
    assert backend.fetches <= 2


def test_so_do_a_thousand_tokens_at_a_service(issuer: Issuer) -> None:
    fetched: list[int] = []

    def fetch() -> KeySetSerialization:
        fetched.append(1)
        return KeySet([issuer.key]).as_dict(private=False)

    verifier = Verifier(issuer.url, "house", Keys(fetch))
    stranger = Issuer()
    for _ in range(1000):
        stranger.key = ECKey.import_key(stranger.key.as_dict(private=True) | {"kid": uuid4().hex})
        with pytest.raises(InvalidToken):
            verifier.verify(stranger.token("house", "somebody"))
    assert len(fetched) <= 2


def test_a_new_key_is_picked_up_with_one_fetch(keys: Keys, backend: Backend, clock: Clock) -> None:
    old = backend.kid
    keys.containing(old)
    clock.now += Keys.COOLDOWN
    new = backend.rotate()
    assert keys.containing(new)
    assert keys.containing(old)
    assert backend.fetches == 2


def test_a_withdrawn_key_is_forgotten(keys: Keys, backend: Backend, clock: Clock) -> None:
    old = backend.kid
    keys.containing(old)
    backend.rotate()
    del backend.keys[-1]
    clock.now += Keys.MAX_AGE
    with pytest.raises(InvalidToken):
        keys.containing(old)


@pytest.mark.parametrize(
    "error",
    [httpx2.ConnectError("away"), httpx2.ReadTimeout("hangs"), ValueError("no JSON"), KeyError("keys")],
)
def test_stale_keys_work_while_the_backend_is_away(
    keys: Keys, backend: Backend, clock: Clock, error: Exception
) -> None:
    keys.containing(backend.kid)
    backend.error = error
    for _ in range(10):
        clock.now += 100
        assert keys.containing(backend.kid)
    backend.error = None
    new = backend.rotate()
    clock.now += Keys.RETRY
    assert keys.containing(new)


def test_without_any_keys_it_is_unavailable_and_then_recovers(
    keys: Keys, backend: Backend, clock: Clock
) -> None:
    backend.error = httpx2.ConnectError("away")
    for _ in range(100):
        with pytest.raises(Unavailable):
            keys.containing(backend.kid)
    assert backend.fetches == 1
    backend.error = None
    clock.now += Keys.RETRY
    assert keys.containing(backend.kid)


def test_known_keys_do_not_wait_for_a_slow_backend(backend: Backend, clock: Clock) -> None:
    asked, answer = threading.Event(), threading.Event()

    def fetch() -> KeySetSerialization:
        if backend.fetches:
            asked.set()
            assert answer.wait(LONG)
        return backend.fetch()

    keys = Keys(fetch)
    keys.containing(backend.kid)
    clock.now += Keys.MAX_AGE
    renewing = threading.Thread(target=keys.containing, args=(backend.kid,))
    renewing.start()
    assert asked.wait(LONG)
    assert keys.containing(backend.kid)
    answer.set()
    renewing.join()
    assert backend.fetches == 2


class Published(BaseHTTPRequestHandler):
    """Answers as the path says."""

    def do_GET(self) -> None:
        status, body = {
            "/keys": (200, b'{"keys": []}'),
            "/html": (200, b"<html>"),
            "/error": (500, b'{"keys": []}'),
            "/elsewhere": (302, b""),
        }[self.path]
        self.send_response(status)
        self.send_header("Location", "/keys")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Published)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_key_set_is_fetched_over_http(address: str) -> None:
    assert fetcher(f"{address}/keys")() == {"keys": []}


@pytest.mark.parametrize("path", ["html", "error", "elsewhere"])
def test_any_other_answer_is_no_key_set(address: str, path: str) -> None:
    with pytest.raises(Unavailable):
        Keys(fetcher(f"{address}/{path}")).containing("any")


def test_an_address_where_nobody_listens_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        Keys(fetcher("http://127.0.0.1:1/keys")).containing("any")

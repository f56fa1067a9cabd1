"""A service calls another in one line: for the person whom it serves and as that person, or as itself.

answer = as_user("ai").post("/v1/embeddings", json={"input": text}).json()
answer = as_service("documents").get(f"/documents/{document_id}").json()
"""

import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypedDict

import httpx2
import structlog
from flask import current_app
from typing_extensions import Unpack

from servicekit import deadline, refusals
from servicekit.connections import NEVER_MADE, client, onward_headers, tried
from servicekit.exchange import exchanged_token, own_token
from servicekit.identity import current_identity
from servicekit.observe import Metrics
from servicekit.problems import Problem, Timeout, Unavailable
from servicekit.settings import Settings, SettingsError

log = structlog.get_logger()

PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*/?")
"""As the gateway takes it; what somebody typed cannot lead elsewhere."""
PATIENCE = 10.0  # seconds, where the call does not say else and the request has as many left
CONNECT = 1.0
LARGEST = 16 * 1024 * 1024  # bytes of an answer
SAFE = {"GET", "HEAD"}


class Options(TypedDict, total=False):
    """How a call may be told more."""

    params: Mapping[str, str | int | list[str]]
    json: Any
    content: bytes
    headers: Mapping[str, str]
    timeout: float
    """Seconds for all of it, the second try included; never more than this request has left."""
    expected: Collection[int]
    """Statuses from 400 on that come back as answers instead of being raised."""


@dataclass(frozen=True)
class Call:
    """One question to a peer, and until when its answer is awaited."""

    peer: str
    method: str
    url: str
    until: float
    headers: httpx2.Headers = field(repr=False)
    sent: dict[str, Any] = field(repr=False)

    def left(self) -> float:
        return self.until - time.monotonic()


@dataclass(frozen=True)
class Peer:
    """Another service, and as whom it is asked. Paths are below `base`."""

    name: str
    base: str
    token: Callable[[float], str]
    """Asked for with so many seconds of patience."""
    is_visitor: Callable[[], bool] = lambda: False
    """Whether it is asked for somebody who has not signed in."""

    def get(self, path: str, **options: Unpack[Options]) -> httpx2.Response:
        return self.request("GET", path, **options)

    def head(self, path: str, **options: Unpack[Options]) -> httpx2.Response:
        return self.request("HEAD", path, **options)

    def post(self, path: str, **options: Unpack[Options]) -> httpx2.Response:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Unpack[Options]) -> httpx2.Response:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Unpack[Options]) -> httpx2.Response:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Unpack[Options]) -> httpx2.Response:
        return self.request("DELETE", path, **options)

    def request(self, method: str, path: str, **options: Unpack[Options]) -> httpx2.Response:
        """The answer, below 400 or `expected`; else a problem that can go to our own client as it is."""
        if not PATH.fullmatch(path):
            raise ValueError(f"{path!r} is no path: begin with /, and put what people typed into params.")
        deadline.need()
        until = time.monotonic() + min(options.pop("timeout", PATIENCE), deadline.left())
        expected, headers = options.pop("expected", ()), httpx2.Headers(options.pop("headers", {}))
        token = self.token(until - time.monotonic())
        headers.update({"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        headers.update(onward_headers())
        answer = _answer(Call(self.name, method, self.base + path, until, headers, {**options}))
        if answer.status_code >= 400 and answer.status_code not in expected:
            raise refusals.problem_of(self.name, answer, visitor=self.is_visitor())
        return answer


def as_user(peer: str, *scope: str) -> Peer:
    """The service `peer`, called for the person of this request; with `scope`, with no more than these permissions.

    PEERS tells where it is, and contracts/policy.toml ([exchange]) whether we may.
    """
    token = partial(exchanged_token, peer, frozenset(scope))
    return Peer(peer, f"{_address(peer)}/api/{peer}", token, lambda: current_identity().is_visitor)


def as_service(peer: str, *scope: str) -> Peer:
    """The service `peer`, called for nobody but ourselves. Paths are below its `/internal`.

    Whether we may, and what, is in contracts/policy.toml ([platform]).
    """
    return Peer(peer, f"{_address(peer)}/internal", partial(own_token, peer, frozenset(scope)))


def _address(peer: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    address = settings.backend_url if peer == "backend" else settings.peer_addresses.get(peer)
    if address is None:
        raise SettingsError(f"PEERS does not tell where {peer} is.")
    return address


def _answer(call: Call) -> httpx2.Response:
    """What the peer answers, noted."""
    began, status = time.perf_counter(), "none"
    try:
        answer = tried(lambda: _sent(call), call.left, safe=call.method in SAFE)
        status = str(answer.status_code)
    except httpx2.HTTPError as error:
        raise _unanswered(call, error) from None
    else:
        return answer
    finally:
        seconds = time.perf_counter() - began
        metrics: Metrics = current_app.extensions["metrics"]
        metrics.calls.labels(call.peer, status).observe(seconds)
        log.info("called", peer=call.peer, method=call.method, status=status, ms=round(seconds * 1000, 1))


def _sent(call: Call) -> httpx2.Response:
    """The whole answer; how much time is left is looked at between its pieces."""
    left = max(call.left(), deadline.LEAST)
    short = min(CONNECT, left)
    call.headers[deadline.HEADER] = f"{left:.3f}"
    with client().stream(
        call.method,
        call.url,
        headers=call.headers,
        timeout=httpx2.Timeout(left, connect=short, pool=short),
        **call.sent,
    ) as answer:
        return httpx2.Response(
            answer.status_code, headers=answer.headers, content=_body(call, answer), request=answer.request
        )


def _body(call: Call, answer: httpx2.Response) -> bytes:
    pieces, size = [], 0
    for piece in answer.iter_raw():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise httpx2.DecodingError("answer too large")
        if call.left() <= 0:
            raise httpx2.ReadTimeout("answer too slow")
    return b"".join(pieces)


def _unanswered(call: Call, error: httpx2.HTTPError) -> Problem:
    log.warning("peer not reached", peer=call.peer, error=type(error).__name__)
    if isinstance(error, httpx2.TimeoutException) and not isinstance(error, NEVER_MADE):
        return Timeout(f"The service {call.peer} took too long to answer.")
    return Unavailable(f"The service {call.peer} does not answer. Try again in a few seconds.")

"""The provider's endpoints, asked over HTTP within limits: of time, of size, and of how many may wait at once."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.httpx_client import OAuth2Client

from backend.settings import Client
from backend.sign_in.places import Places
from backend.sign_in.refusals import Unreachable
from servicekit.settings import is_loopback

DEADLINE = 4.0  # seconds for all that is asked during one request of a person
STEP = 3.0  # seconds for one answer
LARGEST = 256 * 1024  # bytes of one answer
PAUSE = 1.0  # seconds before a provider that failed is asked again
KEEP = 3600.0  # seconds for which discovery and keys are trusted
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")

T = TypeVar("T")


class Upstream:
    """One provider, discovered (OpenID Connect Discovery 1.0), and the ways to ask it."""

    def __init__(self, client: Client, places: int) -> None:
        self.client = client
        self._places = Places(places)
        self._tls = ssl.create_default_context()
        self._http = httpx2.Client(transport=_Limited(verify=self._tls), timeout=STEP)
        self._workers = ThreadPoolExecutor(max_workers=places, thread_name_prefix="provider")
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._metadata_at = self._asked_at = -KEEP

    def within(self, work: Callable[[], T]) -> T:
        """What `work` gives, which asks the provider; Unreachable within five seconds otherwise."""
        ends_at = time.monotonic() + DEADLINE
        with self._places.taken(ends_at):
            task = self._workers.submit(work)
            try:
                return task.result(timeout=ends_at - time.monotonic())
            except (
                Late,
                httpx2.HTTPError,
                httpx2.InvalidURL,
                ValueError,
                KeyError,
                TypeError,
                AttributeError,
                RecursionError,  # JSON nested beyond all measure
            ) as error:
                task.cancel()
                raise Unreachable(type(error).__name__) from error

    def hangs(self) -> bool:
        """Whether it does not answer at this moment, as far as this process knows."""
        return self._places.hang()

    def discover(self) -> dict[str, Any]:
        """The provider's metadata (section 4)."""
        with self._lock:
            if time.monotonic() - self._metadata_at >= KEEP:
                if time.monotonic() - self._asked_at < PAUSE:
                    raise Unreachable("failed a moment ago")
                try:
                    self._metadata = self._ask_metadata()
                finally:
                    self._asked_at = time.monotonic()
                self._metadata_at = self._asked_at
            return self._metadata

    def get(self, url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """A JSON object."""
        answer = plain_answer(self._http.get(self.inner(url), headers=headers))
        told = answer.json()
        if isinstance(told, dict):
            return told
        raise ValueError("not a JSON object")

    def post(self, url: str, form: dict[str, str]) -> httpx2.Response:
        """Send a form as the client that we are."""
        with self.session() as session:
            auth = session.client_auth(session.token_endpoint_auth_method)
            answer: httpx2.Response = session.post(self.inner(url), data=form, auth=auth)
            return answer

    def inner(self, url: str) -> str:
        """The address by which we reach what browsers reach at `url`."""
        inner, issuer = self.client.backchannel, self.client.issuer.rstrip("/")
        return inner.rstrip("/") + url.removeprefix(issuer) if inner and url.startswith(f"{issuer}/") else url

    def session(self, scope: str | None = None, callback: str | None = None) -> OAuth2Client:
        """An OAuth client for one conversation; it authenticates as the provider offers."""
        offered = self.discover().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
        return OAuth2Client(
            self.client.client_id,
            self.client.client_secret,
            scope=scope,
            redirect_uri=callback,
            token_endpoint_auth_method=method,
            code_challenge_method="S256",
            transport=_Limited(verify=self._tls),
            timeout=STEP,
        )

    def _ask_metadata(self) -> dict[str, Any]:
        issuer = self.client.issuer.rstrip("/")  # some end in a slash: not doubled here (section 4.1)
        told = self.get(f"{issuer}/.well-known/openid-configuration")
        _check_metadata(told, self.client.issuer)
        return told


def _check_metadata(told: dict[str, Any], issuer: str) -> None:
    if told.get("issuer") != issuer:
        raise ValueError("issuer differs from where it was discovered")
    for name in ENDPOINTS:
        url = told.get(name)
        if url is None and name == "userinfo_endpoint":
            continue
        if not is_endpoint(url, issuer):
            raise ValueError(f"{name} is not an https address")


def is_endpoint(url: object, issuer: str) -> bool:
    """Whether secrets may be sent there: https, unless the issuer itself is on this machine."""
    schemes = {"https", "http"} if is_loopback(issuer) else {"https"}
    return isinstance(url, str) and urlsplit(url).scheme in schemes


def plain_answer(answer: httpx2.Response) -> httpx2.Response:
    """A 200 or an OAuth error (400, 401) in JSON; a redirect is never followed with a secret in hand."""
    if answer.status_code not in {200, 400, 401} or "json" not in answer.headers.get("content-type", ""):
        raise ValueError("not an answer of a provider")
    return answer


class _Limited(httpx2.HTTPTransport):
    """Ends answers that are too large or trickle for too long."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().handle_request(request)
        answer.stream = _LimitedStream(answer.stream)
        return answer


class _LimitedStream(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._ends_at = time.monotonic() + STEP

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST or time.monotonic() > self._ends_at:
                raise httpx2.ReadError("answer too large or too slow")
            yield chunk

    def close(self) -> None:
        self._stream.close()

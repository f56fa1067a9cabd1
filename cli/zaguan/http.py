"""HTTP with one platform, errors in words. No redirect is followed: a credential goes where the person said."""

import ipaddress
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from zaguan import __version__
from zaguan.failures import UNREACHABLE, USAGE, Failure

TIMEOUT = httpx2.Timeout(35, connect=5)  # the gateway gives a service 30 seconds
CHUNK = 64 * 1024
NO_PROXY = {f"all://{host}": None for host in ("localhost", "127.0.0.1", "[::1]")}

More = Callable[[int], None]
Watch = Callable[[str, int], More]
"""Shows how far something is: given what it is and its size in bytes, it takes how many more are done."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        try:
            return httpx2.Response(self.status, content=self.body).json()
        except ValueError:
            raise Failure("The answer is not JSON. Is this the address of a Zaguán?", UNREACHABLE) from None


@dataclass
class Http:
    """One platform at `url`, an origin such as https://zaguan.example."""

    url: str
    watch: Watch = field(default=lambda _what, _size: lambda _more: None)

    def __post_init__(self) -> None:
        try:
            agent = {"User-Agent": user_agent()}
            self._client = httpx2.Client(
                headers=agent, timeout=TIMEOUT, follow_redirects=False, mounts=NO_PROXY
            )
        except OSError as error:  # SSL_CERT_FILE names what cannot be read
            raise Failure(f"The certificates of SSL_CERT_FILE cannot be read ({error.strerror}).") from None

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """One request, one answer, whatever its status."""
        with self._opened(method, path, params, headers, body) as answer:
            return Answer(answer.status_code, answer.headers, self._read(answer))

    @contextmanager
    def stream(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Iterator[tuple[Answer, Iterator[str]]]:
        """A good answer's lines as they come, with no body; any other answer whole, with no lines."""
        with self._opened(method, path, None, headers, body) as answer:
            if answer.is_success:
                yield Answer(answer.status_code, answer.headers, b""), answer.iter_lines()
            else:
                yield Answer(answer.status_code, answer.headers, self._read(answer)), iter(())

    @contextmanager
    def _opened(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        body: bytes,
    ) -> Iterator[httpx2.Response]:
        told = {**(headers or {}), **({"Content-Length": str(len(body))} if body else {})}
        content = self._chunks(body) if body else None
        try:
            with self._client.stream(
                method, f"{self.url}{path}", params=params, headers=told, content=content
            ) as answer:
                if answer.is_redirect:
                    raise Failure(f"{self.url} sends elsewhere. Sign in with that address.", UNREACHABLE)
                yield answer
        except httpx2.TransportError as error:
            raise Failure(_in_words(self.url, error), UNREACHABLE) from None

    def close(self) -> None:
        self._client.close()

    def _chunks(self, body: bytes) -> Iterator[bytes]:
        more = self.watch("Sending", len(body))
        for start in range(0, len(body), CHUNK):
            chunk = body[start : start + CHUNK]
            yield chunk
            more(len(chunk))

    def _read(self, answer: httpx2.Response) -> bytes:
        more = self.watch("Reading", int(answer.headers.get("Content-Length") or 0))
        chunks = []
        for chunk in answer.iter_bytes(CHUNK):
            chunks.append(chunk)
            more(len(chunk))
        return b"".join(chunks)


def origin_of(address: str) -> str:
    """The platform that an address belongs to: https, unless it says otherwise or is on this machine."""
    address = address.strip()
    no_address = Failure(f"{address!r} is no address such as https://zaguan.example.", USAGE)
    try:
        url = urlsplit(address if "://" in address else f"//{address}")
        host, port = url.hostname or "", url.port
    except ValueError:
        raise no_address from None
    scheme = url.scheme or ("http" if _is_here(host) else "https")
    if scheme not in {"http", "https"} or not host or url.username is not None:
        raise no_address
    if scheme == "http" and not _is_here(host):
        raise Failure("Over http anybody on the way could read the credential. Use https.", USAGE)
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{f':{port}' if port else ''}"


def user_agent() -> str:
    """By this a person knows the program and its machine again, in the list of their programs."""
    machine = platform.node().split(".")[0].encode("ascii", "replace").decode() or "unknown"
    return f"zaguan/{__version__} ({platform.system()}; {machine})"


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _in_words(url: str, error: httpx2.TransportError) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return f"The certificate of {url} is not trusted. If it is your own, name its authority in SSL_CERT_FILE."
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return f"{url} cannot be reached. Is the address right, and the network up?"
    if isinstance(error, httpx2.TimeoutException):
        return f"{url} did not answer in time."
    return f"The connection to {url} broke off ({type(error).__name__})."

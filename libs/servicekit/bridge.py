"""A WSGI application behind RSGI, granian's own interface (docs/spec/RSGI.md there), which unlike WSGI tells when a
client has gone before there is an answer. For services whose answers take long.

Each request has a thread, as it would have anyway; the loop only hands it over, and watches where it is asked to.
"""

import asyncio
import contextlib
import io
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, cast

from servicekit.presence import WATCH, IsGone

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
WSGI = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
FIXED: Environ = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


class Bridge:
    """As many requests at once as there are `threads`; of bodies longer than `longest` bytes no more is read."""

    def __init__(self, app: WSGI, threads: int, longest: int) -> None:
        self._app, self._longest = app, longest
        self._threads = ThreadPoolExecutor(threads, "request")

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        body = await _read(scope, protocol, self._longest)
        with Watch(protocol) as watch:
            environ = FIXED | _environ(scope) | _of_body(body) | {WATCH: watch.begin}
            await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, environ, protocol)

    def _answer(self, environ: Environ, protocol: Any) -> None:
        status, headers = 500, cast("Headers", [])

        def start(line: str, told: Headers, _: Any = None) -> None:
            nonlocal status, headers
            status, headers = int(line[:3]), told

        pieces = self._app(environ, start)
        try:
            if any(name.lower() == "content-length" for name, _ in headers):
                protocol.response_bytes(status, headers, b"".join(pieces))
            else:
                _stream(protocol.response_stream(status, headers), pieces)
        finally:
            getattr(pieces, "close", lambda: None)()


class Watch:
    """Over one request, from when it is asked for until the request ends."""

    def __init__(self, protocol: Any) -> None:
        self._protocol, self._loop = protocol, asyncio.get_running_loop()
        self._gone = threading.Event()
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    def begin(self) -> IsGone:
        """From the request's thread. Whoever had gone before is found, too."""
        self._loop.call_soon_threadsafe(self._begin)
        return self._gone.is_set

    def _begin(self) -> None:
        if self._task is None:
            self._task = self._loop.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        await self._protocol.client_disconnect()
        self._gone.set()


async def _read(scope: Any, protocol: Any, longest: int) -> bytes:
    """The body, or one byte more than may be read of it: the application refuses that by its length."""
    length = scope.headers.get("content-length")
    if length is None and "transfer-encoding" not in scope.headers:
        return b""
    if length is not None and int(length) <= longest:
        return bytes(await protocol())
    body = bytearray()
    async for piece in protocol:
        body += piece
        if len(body) > longest:
            break
    return bytes(body[: longest + 1])


def _of_body(body: bytes) -> Environ:
    """Its length is known now, however it came."""
    return {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def _environ(scope: Any) -> Environ:
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
    }
    return environ | _headers(scope.headers.items())


def _headers(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By their names in WSGI, in which `_` and `-` are one: what is spelled with `_` is nobody's."""
    headers: dict[str, str] = {}
    for name, value in told:
        if "_" in name or name == "transfer-encoding":
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        headers[key] = f"{headers[key]},{value}" if key in headers else value
    return headers


def _stream(transport: Any, pieces: Iterable[bytes]) -> None:
    """Until the client has gone, which is found out by sending it something, be it nothing."""
    for piece in pieces:
        if not _sent(transport.send_bytes(piece)):
            return


def _sent(sending: Any) -> bool:
    """What RSGI has to be awaited is over at once: it was handed over, or there is nobody to take it."""
    with contextlib.suppress(StopIteration):
        try:
            next(iter(sending.__await__()))
        except RuntimeError:
            return False
    return True

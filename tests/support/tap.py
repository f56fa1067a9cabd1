"""A tap on the wire between two services: passes everything on, and keeps what went by."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Passed:
    """A request and its answer."""

    method: str
    path: str
    headers: dict[str, str]
    """Of the request; names in lower case."""
    body: bytes
    status: int
    answer: bytes

    @property
    def bearer(self) -> str:
        return self.headers["authorization"].removeprefix("Bearer ")

    @property
    def trace_id(self) -> str:
        return self.headers["traceparent"].split("-")[1]

    @property
    def form(self) -> dict[str, str]:
        return {name: value for name, (value,) in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> Any:
        return json.loads(self.answer)


@dataclass
class Tap:
    address: str
    passed: list[Passed] = field(default_factory=list)

    def only(self, method: str, path: str) -> Passed:
        """The one request of this kind."""
        (found,) = (one for one in self.passed if (one.method, one.path) == (method, path))
        return found


@contextmanager
def tapped(address: str) -> Iterator[Tap]:
    """A tap before the service at `address` (host:port)."""
    tap = Tap("")
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(address, tap)) as server:
        server.daemon_threads = True
        tap.address = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield tap
        finally:
            server.shutdown()
            thread.join()


def _handler(address: str, tap: Tap) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with closing(http.client.HTTPConnection(address, timeout=30)) as onward:
                kept = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
                onward.request(self.command, self.path, body or None, kept)
                answer = onward.getresponse()
                told = answer.read()
            headers = {name.lower(): value for name, value in self.headers.items()}
            tap.passed.append(Passed(self.command, self.path, headers, body, answer.status, told))
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {*HOP_BY_HOP, "content-length", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = do_PUT = _pass_on  # noqa: N815 - the names are the library's

        def log_message(self, *_: object) -> None:
            """What went by is kept."""

    return Handler

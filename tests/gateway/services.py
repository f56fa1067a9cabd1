"""What stands behind the gateway in these tests: services that tell what reached them, and a backend with rules."""

from __future__ import annotations

import base64
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Service:
    """A running service: its name, its address, and the requests that reached it."""

    name: str
    address: str = ""
    received: list[dict[str, object]] = field(default_factory=list)
    hanging: bool = False

    def decisions(self, credential: str) -> int:
        """How often the backend was asked about this credential."""
        asked = [r for r in self.received if r["path"] == "/internal/authorize"]
        return sum(credential in json.dumps(r["headers"]) for r in asked)


def session(name: str) -> str:
    """A well-formed session cookie value that the backend below reads as this person."""
    return (name + "-" + "x" * 43)[:43]


def token_for(who: str, audience: str) -> str:
    """Looks like a JWT and can be read by eye: the gateway does not look inside."""
    claims = base64.urlsafe_b64encode(json.dumps({"sub": who, "aud": audience}).encode()).decode().rstrip("=")
    return f"e30.{claims}.c2ln"


def read_token(header: str) -> dict[str, str]:
    """The claims in `Bearer <token>`."""
    claims = header.removeprefix("Bearer ").split(".")[1]
    decoded: dict[str, str] = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return decoded


@contextmanager
def running(name: str, address: tuple[str, int] = ("127.0.0.1", 0)) -> Iterator[Service]:
    """A service on a free port for as long as the block lasts."""
    service = Service(name)

    class Handler(_Handler):
        pass

    Handler.service = service
    server = _Server(address, Handler)
    service.address = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        service.hanging = False
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    connections: set[socket.socket]

    def server_activate(self) -> None:
        self.connections = set()
        super().server_activate()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """A stopped process closes its connections too, the kept ones included."""
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The gateway may have gone in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # head and body in one packet, or each answer waits 40 ms for an acknowledgement
    service: Service
    timeout = 60

    def handle_any(self) -> None:
        """Every method: record, then answer by the path."""
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        seen: dict[str, object] = {
            "service": self.service.name,
            "method": self.command,
            "path": path,
            "query": query,
            "headers": self.headers.items(),
            "body": len(body),
        }
        self.service.received.append(seen)
        while self.service.hanging:
            time.sleep(0.05)
        if path == "/internal/authorize":
            self._authorize()
        elif "/status/" in path:
            self._answer(int(path.rpartition("/")[2]), {"from": self.service.name})
        elif path.endswith("/talkative"):
            self._answer(200, seen, TALKATIVE)
        elif path.endswith("/broken"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nCache-Control: public\r\nno header at all\r\n\r\n")
            self.wfile.flush()
            self.close_connection = True
        elif query == "pieces=3":
            self._stream()
        elif path.endswith("/gone"):
            self.close_connection = True
        else:
            self._answer(200, seen)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_any  # noqa: N815

    def _authorize(self) -> None:
        status, who = _decide(
            self.headers.get("Authorization"),
            self.headers.get("Cookie"),
            self.headers.get("X-Visitors") == "yes",
        )
        if status != 200 or who == "tokenless":
            why = {"X-Refusal": "account-deleting"} if who.startswith("pending-leaving") else {}
            return self._answer(status, {"decision": who}, {"Cache-Control": "no-store", "Vary": "*"} | why)
        subject = f"visitor:{self.headers['X-Client-Address']}" if who == "visitor" else who
        token = token_for(subject, self.headers["X-Audience"])
        return self._answer(
            200,
            {},
            {
                "X-Identity-Token": token,
                "X-Person": subject,
                "Cache-Control": "no-store",
                "Set-Cookie": "a=b",
            },
        )

    def _stream(self) -> None:
        """Three events with a pause after each, then silence until the client has gone, for a while at most."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(3):
            self.wfile.write(b"data: %d\n\n" % number)
            self.wfile.flush()
            time.sleep(0.8)
        self.connection.settimeout(10)
        with suppress(OSError):
            self.connection.recv(1)
        self.close_connection = True

    def _answer(self, status: int, content: object, headers: dict[str, str] | None = None) -> None:
        body = b"" if status in {204, 304} else json.dumps(content).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent: what was received is in `received`."""


def _decide(authorization: str | None, cookie: str | None, visitors: bool) -> tuple[int, str]:
    """The backend's rules in small. Names: pending and odd-<status> speak for themselves, stale is nobody."""
    nobody = (200, "visitor") if visitors else (401, "nobody")
    if authorization is not None:
        if not authorization.startswith("Bearer zgn_"):
            return 401, "invalid"
        who = authorization.removeprefix("Bearer zgn_")
        who = who if len(who) < 50 else who[:3] + who[-1]
    elif cookie is None or cookie.startswith("__Host-session=stale"):
        return nobody
    else:
        who = cookie.removeprefix("__Host-session=").split("-x")[0]
    if who.startswith("odd-"):
        return int(who[4:7]), who
    return (403, who) if who.startswith("pending") else (200, who)


TALKATIVE = {
    "X-Powered-By": "a-service/1.0",
    "Via": "1.1 a-service",
    "X-Identity-Token": "leaked.identity.token",
    "X-Request-ID": "the-service-own",
    "Cache-Control": "public, max-age=86400",
    "Content-Security-Policy": "default-src *",
    "X-Content-Type-Options": "sniff",
    "Referrer-Policy": "unsafe-url",
    "Strict-Transport-Security": "max-age=0",
    "Set-Cookie": "__Host-session=planted; Path=/; Secure",
    "X-Accel-Redirect": "/gateway-authorize",
    "X-Accel-Expires": "3600",
}

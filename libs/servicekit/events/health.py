"""What a worker, which serves nobody, answers to those who watch it: /healthz, /readyz, /metrics."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

State = Callable[[], Mapping[str, str]]
Answer = tuple[int, str, bytes]
JSON = "application/json"


@contextmanager
def serve_health(host: str, port: int, state: State, registry: CollectorRegistry) -> Iterator[None]:
    """Answer in a thread while the block runs."""

    def answer(path: str) -> Answer:
        if path == "/healthz":
            return 200, JSON, b'{"status": "ok"}'
        if path == "/readyz":
            told = state()
            ready = all(word == "ok" for word in told.values())
            return 200 if ready else 503, JSON, json.dumps(dict(told)).encode()
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, generate_latest(registry)
        return 404, JSON, b"{}"

    with ThreadingHTTPServer((host, port), _handler(answer)) as server:
        thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()


def _handler(answer: Callable[[str], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:  # the name is the library's
            status, kind, body = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads who has watched."""

    return Handler

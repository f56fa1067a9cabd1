"""An OpenAI-compatible API that behaves as it is told, a process of its own: python -m ai.tests.fake_upstream

What it does is in the name of the model: `steady`, `slow`, `silent`, `stalls`, `dies`, `wordy`, `status-500`,
`once-500`, `garbage`, `html`, `mad`, `errs`, `uncounted`, `echoes`, `translates`,
`forgets`, `cites-badly`. `GET /seen` tells what it has seen, and what was broken off.
"""

import gzip
import json
import re
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SEEN: list[dict[str, Any]] = []
BROKEN_OFF: list[str] = []
LOCK = threading.Lock()
PROMPT, PIECES = 7, 5
COUNTED = {
    "counts-nothing": {"prompt_tokens": 0, "completion_tokens": 0},
    "counts-absurdly": {"prompt_tokens": 9_999_999, "completion_tokens": 9_999_999},
}
PAGE = b"<html>secret provider page</html>"
BOMB = gzip.compress(b" " * 50_000_000)
NONSENSE = {
    "compressed": BOMB,
    "html": PAGE,
    "no-number": b'{"choices": [{"%s": {"content": "hi"}}], "created": NaN}',
    "no-text": b'{"choices": [{"%s": {"content": {"x": 1}}}]}',
    "no-calls": b'{"choices": [{"%s": {"content": "hi", "tool_calls": "none"}}]}',
    "no-end": b'{"choices": [{"%s": {"content": "hi", "tool_calls": [{"a": 1e999}]}}]}',
    "half": b'{"choices": [{"%s": {"content": "half a \\ud83d sign"}, "finish_reason": "stop"}]}',
    "too-deep": b'{"choices": [{"%s": {"content": "hi", "tool_calls": [{"a": '
    + b"[" * 400 + b"]" * 400 + b"}]}}]}",
}  # fmt: skip
CITES_BADLY = (
    "Pothos survives [1]. ",
    "So does the cactus [7]. ",
    'It says "give it water every single hour" [1]. ',
    "But “survive weeks without watering” is there [1, 9].",
)


def chunk(told: dict[str, Any], **more: Any) -> bytes:
    frame = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "secret-name"}
    leaking = {"system_fingerprint": "fp_secret", "provider": "secret provider"}
    choice = {"index": 0, "delta": told, "finish_reason": None, "secret": "field"}
    return b"data: " + json.dumps(frame | leaking | {"choices": [choice]} | more).encode() + b"\n\n"


def _said(kind: str, body: dict[str, Any]) -> str:
    """`echoes`: what was asked; `translates`: its lines in capitals, without code and links' addresses; `forgets`: the
    same, but every second line."""
    asked = str(body["messages"][-1]["content"])
    if kind == "echoes":
        return f"Said of: {asked}."
    if kind in {"translates", "forgets"}:
        lines = [re.sub(r"`[^`]*`|\]\([^)]*\)|[^`\]]+", _in_capitals, line) for line in asked.split("\n")]
        return "\n".join(lines[:: 2 if kind == "forgets" and len(lines) > 1 else 1])
    return "".join(CITES_BADLY) if kind == "cites-badly" else "uno dos"


def _in_capitals(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith(("`", "](")) else found[0].upper()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with LOCK:
            self._json(200, {"seen": SEEN, "broken_off": BROKEN_OFF})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with LOCK:
            SEEN.append({"path": self.path, "key": self.headers.get("Authorization"), "body": body})
            times = sum(seen["body"].get("model") == body["model"] for seen in SEEN)
        kind = body["model"]
        if kind.startswith("once-") and times > 1:
            kind = "steady"
        if "status-" in kind or kind.startswith("once-"):
            said = {
                "error": {
                    "message": "secret provider words",
                    "code": "context_length_exceeded" if "long" in kind else None,
                }
            }
            self._json(int(kind.split("-")[1]), said, {"Retry-After": "7"} if "429" in kind else {})
        elif kind == "gone":
            self.close_connection = True
        elif kind == "silent":
            self._wait(body["model"], 60)
        elif kind in NONSENSE:
            self._nonsense(NONSENSE[kind], streamed=bool(body.get("stream")))
        elif self.path.endswith("/embeddings"):
            self._embeddings(body)
        elif body.get("stream"):
            self._stream(kind, body)
        else:
            self._whole(kind, body)

    def _nonsense(self, told: bytes, *, streamed: bool) -> None:
        if told == BOMB:
            self._answer(200, BOMB, "application/json", {"Content-Encoding": "gzip"})
            return
        if told == PAGE:
            self._answer(200, PAGE, "text/html")
            return
        part = told % (b"delta" if streamed else b"message")
        if streamed:
            self._answer(200, b"data: " + part + b"\n\ndata: [DONE]\n\n", "text/event-stream")
        else:
            self._answer(200, part, "application/json")

    def _embeddings(self, body: dict[str, Any]) -> None:
        texts = body["input"]
        data = [{"index": n, "embedding": [float(n), 1.0], "object": "embedding"} for n in range(len(texts))]
        counted = COUNTED.get(body["model"], {"prompt_tokens": 3 * len(texts)})
        self._json(200, {"data": data[::-1], "usage": counted})

    def _whole(self, kind: str, body: dict[str, Any]) -> None:
        if kind == "garbage":
            self._answer(200, b"{not json", "application/json")
            return
        if kind == "mad":
            self._json(200, {"choices": [{"message": "hello"}]})
            return
        if kind == "slow":
            time.sleep(1)
        message: dict[str, Any] = {"role": "assistant", "content": _said(kind, body), "secret": "field"}
        if body.get("tools"):
            message["tool_calls"] = [
                {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
            ]
        completion = int(kind.removeprefix("costs-")) - PROMPT if kind.startswith("costs-") else PIECES
        usage = COUNTED.get(kind) or {"prompt_tokens": PROMPT, "completion_tokens": completion}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        told = {"id": "chatcmpl-1", "created": 1, "model": "secret-name", "provider": "secret provider"}
        self._json(200, told | {"choices": [choice]} | ({} if kind == "uncounted" else {"usage": usage}))

    def _stream(self, kind: str, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        words = ["uno ", "dos ", "tres ", "cuatro ", "cinco"]
        if kind in {"wordy", "counts-early"}:
            words = ["palabra "] * 2000
        elif kind == "cites-badly":
            words = list(CITES_BADLY)
        elif kind == "never-stops":
            words = ["a"] * 100_000
        try:
            for number, word in enumerate(words):
                self._misbehave(kind, number)
                if kind == "counts-early" and number == 0:
                    self._send(chunk({}, choices=[], usage={"prompt_tokens": PROMPT, "completion_tokens": 0}))
                self._send(
                    chunk({"role": "assistant", "content": word} if number == 0 else {"content": word})
                )
                time.sleep(0.05 if 5 < len(words) < 10_000 else 0.001)
            self._end(kind, body)
        except OSError:
            with LOCK:
                BROKEN_OFF.append(kind)

    def _misbehave(self, kind: str, number: int) -> None:
        if kind == "slow":
            time.sleep(0.2)
        if number != 2:
            return
        if kind == "stalls":
            self._wait(kind, 60)
        elif kind == "dies":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "garbage":
            self._send(b"data: {not json\n\n")
        elif kind == "mad":
            self._send(b'data: {"choices": [7]}\n\n')
        elif kind == "errs":
            self._send(b'data: {"error": {"message": "secret provider words"}}\n\n')

    def _end(self, kind: str, body: dict[str, Any]) -> None:
        end = {"index": 0, "delta": {}, "finish_reason": "stop"}
        self._send(chunk({}, choices=[end]))
        if body.get("stream_options", {}).get("include_usage") and kind != "uncounted":
            usual = {"prompt_tokens": PROMPT, "completion_tokens": PIECES}
            self._send(chunk({}, choices=[], usage=COUNTED.get(kind, usual)))
        self._send(b"data: [DONE]\n\n")

    def _wait(self, kind: str, seconds: float) -> None:
        """Until the other end is closed."""
        self.connection.settimeout(seconds)
        try:
            self.connection.recv(1)
        except TimeoutError:
            return
        except OSError:
            pass
        with LOCK:
            BROKEN_OFF.append(kind)
        self.close_connection = True

    def _send(self, text: bytes) -> None:
        self.wfile.write(text)
        self.wfile.flush()

    def _json(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
        self._answer(status, json.dumps(told).encode(), "application/json", headers)

    def _answer(self, status: int, text: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(text)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def main() -> None:
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()  # ends with whoever has started it


if __name__ == "__main__":
    main()

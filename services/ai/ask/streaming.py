"""The streamed answer: the passages first, then the pieces as any chat has them, then what they rest on."""

import json
from collections.abc import Callable, Generator, Iterator
from typing import Any

from ai.chat.answer import Stream

DONE = b"data: [DONE]\n\n"
PIECE = b"data: {"
Cite = Callable[[str], list[dict[str, Any]]]


def event(name: str, told: Any) -> bytes:
    """A server-sent event with a name; pieces of the answer have none, as with OpenAI."""
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


class Cited:
    """A stream between that of the chat and the client; the web server closes it when the client has gone."""

    def __init__(self, stream: Stream, passages: list[dict[str, Any]], cite: Cite) -> None:
        self._stream, self._cite = stream, cite
        self._text: list[str] = []
        self._frames = self._all(passages)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._frames)

    def close(self) -> None:
        self._frames.close()
        self._stream.close()

    def _all(self, passages: list[dict[str, Any]]) -> Generator[bytes, None, None]:
        yield event("passages", passages)
        for frame in self._stream:
            if frame.endswith(DONE):
                yield frame.removesuffix(DONE)
                told = self._cite("".join(self._text))
                yield event(
                    "citations", {"citations": told, "grounded": any(each["passages"] for each in told)}
                )
                yield DONE
            else:
                self._note(frame)
                yield frame

    def _note(self, frame: bytes) -> None:
        if frame.startswith(PIECE):
            for choice in json.loads(frame.removeprefix(b"data: ")).get("choices", []):
                self._text.append(str(choice.get("delta", {}).get("content") or ""))


def refused() -> Iterator[bytes]:
    """Nothing was found, so nothing is said."""
    yield event("passages", [])
    yield event("citations", {"citations": [], "grounded": False})
    yield DONE

"""Server-sent events, as far as OpenAI's format uses them: lines `data: …`, and whatever else is passed over."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any, NoReturn

from ai.upstream.failures import Failed

DONE = b"[DONE]"
LONGEST = 1024 * 1024  # bytes of one event
MOST = 16 * 1024 * 1024  # bytes of one answer
HALF = re.compile(rb"\\u[dD][89a-fA-F]")


async def objects(pieces: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    """The JSON objects up to the end that the format has; an answer without that end is broken off."""
    kept, total = bytearray(), 0
    async for piece in pieces:
        total += len(piece)
        *lines, rest = piece.split(b"\n")
        if lines:
            lines[0] = bytes(kept) + lines[0]
            kept.clear()
        kept += rest
        if len(kept) > LONGEST or total > MOST:
            raise Failed("garbage", "too much")
        for line in lines:
            if not line.startswith(b"data:"):
                continue
            data = line.removeprefix(b"data:").strip()
            if data == DONE:
                return
            yield read_object(data)
    raise Failed("away", "broken off")


def read_object(data: bytes) -> dict[str, Any]:
    """The JSON object in what a model has told; Failed, if it is none. Nothing is in it that could not be told on:
    neither what JSON has no number for, nor halves of characters."""
    try:
        told = json.loads(data, parse_constant=_no_number)
        if HALF.search(data):
            told = json.loads(json.dumps(told, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        raise Failed("garbage", "no JSON") from None
    if not isinstance(told, dict):
        raise Failed("garbage", "no object")
    return told


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)

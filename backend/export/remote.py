"""What a service answers about its part: one JSON object a line, with an end that tells that nothing is missing."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx2

from servicekit.people import File

LONGEST = 16 * 1024 * 1024  # bytes of a line: a text of 1 MB, every character escaped, and room


class Incomplete(Exception):
    """The answer broke off, or is not one."""


def files_in(answer: httpx2.Response) -> Iterator[File]:
    """The files as they come; Incomplete when the end does not."""
    try:
        for line in _lines(answer.iter_raw()):
            told = json.loads(line)
            if told.get("complete") is True:
                return
            yield _file(told)
    except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Incomplete(type(error).__name__) from None
    raise Incomplete("no end")


def _file(told: dict[str, Any]) -> File:
    moment = told.get("modified_at")
    return File(str(told["name"]), str(told["text"]), datetime.fromisoformat(moment) if moment else None)


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Whole lines; none is looked through twice, however small its pieces are."""
    held: list[bytes] = []
    for piece in pieces:
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield b"".join([*held, end])
            held = []
        held.append(rest)
        if sum(map(len, held)) > LONGEST:
            raise ValueError("line too long")

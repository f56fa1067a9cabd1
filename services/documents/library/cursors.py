"""Cursors: where a page of a list ended, opaque to the client."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from servicekit.ids import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
POSITION = re.compile(rf"(\d{{1,17}})\.({UUID.pattern})", re.ASCII)
RANK = re.compile(r"rank\.(\d{1,4})", re.ASCII)


class Position(NamedTuple):
    """The last document of a page of a list; the next page goes on after it."""

    updated_at: datetime
    id: str


def cursor_at(position: Position) -> str:
    return _encode(f"{(position.updated_at - EPOCH) // timedelta(microseconds=1)}.{position.id}")


def position_of(cursor: object) -> Position:
    """ValueError unless `cursor` is one of ours."""
    microseconds, document = _match(POSITION, cursor).groups()
    return Position(EPOCH + timedelta(microseconds=int(microseconds)), document)


def cursor_after(rank: int) -> str:
    """Of a search, whose order has no key: the number of hits seen."""
    return _encode(f"rank.{rank}")


def rank_of(cursor: object) -> int:
    """ValueError unless `cursor` is one of ours."""
    return int(_match(RANK, cursor)[1])


def _encode(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _match(pattern: re.Pattern[str], cursor: object) -> re.Match[str]:
    text = str(cursor)[:100]
    try:
        found = pattern.fullmatch(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
    except ValueError:
        found = None
    if found is None or _encode(found[0]) != cursor:
        raise ValueError("Is not a cursor of this list")
    return found

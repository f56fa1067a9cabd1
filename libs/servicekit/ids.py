"""Identifiers and moments, the same in every service."""

import re
from datetime import UTC, datetime

from uuid_utils.compat import uuid7

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7): unique, and ascending in time."""
    return str(uuid7())


def is_id(text: str) -> bool:
    """Whether `text` is an identifier as `new_id` writes them."""
    return UUID.fullmatch(text) is not None


def moment_of(text: str) -> datetime | None:
    """When a UUIDv7 was made, to the millisecond; None if it is not one."""
    if not is_id(text) or text[14] != "7":
        return None
    return datetime.fromtimestamp(int(text[:8] + text[9:13], 16) / 1000, UTC)


def seconds_since(moment: datetime | None) -> float:
    """How long ago that was; 0 for what has not been, or not yet."""
    return max(0.0, (now() - moment).total_seconds()) if moment else 0.0


def now() -> datetime:
    """This moment in UTC, aware, in microseconds."""
    return datetime.now(UTC)

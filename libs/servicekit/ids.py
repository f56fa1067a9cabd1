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


def now() -> datetime:
    """This moment in UTC, aware, in microseconds."""
    return datetime.now(UTC)

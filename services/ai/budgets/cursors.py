"""Where a page goes on, for lists that are ordered by more than an id."""

import base64
import json
from typing import Any

from servicekit.problems import InvalidFields


def told(*values: str | int) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def read(cursor: str, *kinds: type) -> list[Any]:
    """The values, if they are what `told` was given; else 422."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, TypeError, RecursionError):
        values = None
    if not (isinstance(values, list) and list(map(type, values)) == list(kinds) and all(map(_fits, values))):
        raise InvalidFields(errors=[{"pointer": "cursor", "detail": "This is no cursor."}])
    return values


def _fits(value: Any) -> bool:
    """Whether a database knows such a value."""
    if isinstance(value, int):
        return abs(value) < 2**63
    return bool(value.isprintable())

"""The shape of a payload: its keys, and what kind and how long each value is. Never a value: it may be a secret."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

Kind = Literal["object", "list", "text", "number", "boolean", "null", "bytes"]

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
DEEPEST, MOST = 8, 100


class Part(NamedTuple):
    """`path` as `data.owner`, empty for the whole; `length` in characters, entries, or bytes."""

    path: str
    kind: Kind
    length: int | None


def shape_of(body: bytes) -> list[Part]:
    """The first hundred parts, each before what is in it. What is not JSON is so many bytes."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return [Part("", "bytes", len(body))]
    return [part for part, _ in zip(_parts("", told, DEEPEST), range(MOST), strict=False)]


def _parts(path: str, told: Any, deep: int) -> Iterator[Part]:
    yield Part(path, *_kind(told))
    if deep == 0:
        return
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _parts(f"{path}.{_named(name)}" if path else _named(name), value, deep - 1)
    elif isinstance(told, list):
        for number, value in enumerate(told):
            yield from _parts(f"{path}[{number}]", value, deep - 1)


def _named(key: str) -> str:
    """A key that does not look like a field's name may be somebody's text."""
    return key if NAME.fullmatch(key) else f"({len(key)})"


def _kind(told: Any) -> tuple[Kind, int | None]:
    if isinstance(told, dict):
        return "object", len(told)
    if isinstance(told, list):
        return "list", len(told)
    if isinstance(told, str):
        return "text", len(told)
    if told is None:
        return "null", None
    return ("boolean", None) if isinstance(told, bool) else ("number", None)

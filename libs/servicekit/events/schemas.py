"""The schemas in contracts/events/, held by who publishes and by who consumes."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

from servicekit.events.event import Event, InvalidEvent, parse

FOLDER = Path(__file__).resolve().parents[3] / "contracts" / "events"
ENVELOPE = "envelope"

Check = Callable[[Any], Any]


def names() -> set[str]:
    """The types of events that have a schema."""
    return {file.stem for file in FOLDER.glob("*.json")} - {ENVELOPE}


def read(body: bytes) -> Event:
    """The event in a message; InvalidEvent unless both of its schemas hold."""
    told = parse(body)
    _hold(ENVELOPE, told)
    event = Event.from_envelope(told)
    _hold(event.type, told["data"])
    return event


def hold(event: Event) -> None:
    """InvalidEvent unless the event may be told: as its schemas say, and with no field that they do not name."""
    _hold(ENVELOPE, event.envelope())
    _hold(event.type, dict(event.data))
    if unnamed := set(event.data) - set(_schema(event.type).get("properties", {})):
        raise InvalidEvent(f"{event.type} has no field {min(unnamed)}")


def _hold(name: str, told: Any) -> None:
    if name != ENVELOPE and name not in names_known():
        raise InvalidEvent("unknown type")
    try:
        _check(name)(told)
    except fastjsonschema.JsonSchemaValueException as error:
        raise InvalidEvent(f"schema: {error.name} breaks the rule {error.rule}") from None


@cache
def names_known() -> frozenset[str]:
    return frozenset(names())


@cache
def _schema(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return told


@cache
def _check(name: str) -> Check:
    check: Check = fastjsonschema.compile(_schema(name), use_default=False)
    return check

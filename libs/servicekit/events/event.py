"""An event: something that has happened, as it travels."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from servicekit.ids import new_id, now
from servicekit.message_tokens import MessageToken

MAX_BYTES = 64 * 1024


class InvalidEvent(Exception):
    """Not an event, or not as its schema says. The text is for logs and dead letters and has no contents."""


@dataclass(frozen=True)
class Event:
    """`type` names what has happened and its version, as `document.saved.v1`; `subject` is the id of to what."""

    id: str
    type: str
    time: datetime
    subject: str
    data: Mapping[str, Any]
    on_behalf_of: MessageToken | None = field(default=None, compare=False)
    """For which person it speaks, where it has been heard: for servicekit.errands."""

    @classmethod
    def of(cls, kind: str, subject: str, /, **data: Any) -> Self:
        """A new one, of this moment."""
        return cls(new_id(), kind, now(), subject, data)

    def envelope(self) -> dict[str, Any]:
        """As contracts/events/envelope.json describes it."""
        moment = self.time.isoformat().replace("+00:00", "Z")
        return {
            "id": self.id,
            "type": self.type,
            "time": moment,
            "subject": self.subject,
            "data": dict(self.data),
        }

    def as_json(self) -> str:
        return json.dumps(self.envelope(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_envelope(cls, told: Mapping[str, Any]) -> Self:
        """Of an envelope that has been checked (servicekit.events.schemas)."""
        try:
            moment = datetime.fromisoformat(told["time"])
        except ValueError:
            raise InvalidEvent("time") from None
        return cls(told["id"], told["type"], moment, told["subject"], told["data"])


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object in a message."""
    if len(body) > MAX_BYTES:
        raise InvalidEvent("too large")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidEvent("not JSON") from None
    if not isinstance(told, dict):
        raise InvalidEvent("not an object")
    return told

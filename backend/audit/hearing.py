"""What administrators do in other services: they tell it, and it is in the audit as what is done here."""

from typing import Any

from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from servicekit.events import Event, InvalidEvent
from servicekit.events.consumer import Handlers

PERSON = "person"
NOTHING: dict[str, Any] = {"day": None, "month": None}


def budget_changed(tx: Transaction, event: Event) -> None:
    """Who did it, the message's token says, which the backend has signed: not the service."""
    if event.on_behalf_of is None:
        raise InvalidEvent("nobody is said to have done it")
    told = event.data
    before, after = told["before"] or NOTHING, told["after"] or NOTHING
    audit.record(
        tx,
        audit.BUDGET_CHANGED,
        audit.Origin(told.get("address"), told.get("request_id"), event.time),
        actor=event.on_behalf_of.subject,
        target=told["name"] if told["scope"] == PERSON else None,
        scope=told["scope"],
        name=told["name"],
        **{f"{period}_before": before[period] for period in NOTHING},
        **{f"{period}_after": after[period] for period in NOTHING},
    )


HANDLERS: Handlers = {"ai.budget_changed.v1": budget_changed}

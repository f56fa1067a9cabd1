"""One change of a budget, as the audit has to hear of it: who does it, the backend itself says."""

from dataclasses import dataclass, replace
from typing import Any

from flask import g, request
from sqlalchemy.orm import Session

from ai import events
from servicekit.events import Event, on_behalf
from servicekit.message_tokens import MessageToken

Tokens = dict[str, int] | None


@dataclass(frozen=True)
class Change:
    """`event` and its token are there before the transaction; what was and what is now are known only in it."""

    scope: str
    name: str
    event: Event
    token: MessageToken

    def publish(self, tx: Session, before: Tokens, after: Tokens) -> None:
        told = {**self.event.data, "before": before, "after": after}
        events.budget_changed(tx, replace(self.event, data=told), self.token)


def begin(scope: str, name: str) -> Change:
    """By the person of this request. It asks the backend, so no transaction is open yet."""
    address = request.headers.get("X-Client-Address", "")[:45] or None
    origin: dict[str, Any] = {"address": address, "request_id": g.request_id}
    event = Event.of("ai.budget_changed.v1", name, scope=scope, name=name, **origin)
    return Change(scope, name, event, on_behalf(event))

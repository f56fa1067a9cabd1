"""Events that speak for a person: which do, and the token that each of them carries."""

import tomllib
from functools import cache

from servicekit.events import schemas
from servicekit.events.event import Event, InvalidEvent
from servicekit.exchange import GRANT, JWT, Refused, given
from servicekit.identity import current_identity, current_token
from servicekit.message_tokens import KIND, MessageToken


@cache
def speaking() -> frozenset[str]:
    """The types of events that speak for a person: [messages] in contracts/policy.toml. Others never do."""
    told = tomllib.loads((schemas.FOLDER.parent / "policy.toml").read_text(encoding="utf-8"))
    return frozenset(told.get("messages", {}))


def on_behalf(event: Event, *scope: str) -> MessageToken:
    """A token for `event`, for the person of this request; with `scope`, with no more than these permissions.

    It asks the backend: before the transaction in which the event is published with it. What is refused is a problem
    that the client can be told.
    """
    current_identity()
    kinds = {"subject_token_type": JWT, "requested_token_type": KIND}
    form = {
        "grant_type": GRANT,
        "subject_token": current_token(),
        "audience": event.type,
        "event_id": event.id,
    }
    form |= {"scope": " ".join(sorted(scope))} if scope else {}
    try:
        told = given(form | kinds)
    except Refused as refusal:
        raise refusal.problem() from None
    return MessageToken(told.text, event.type, event.id, current_identity().subject, told.scope)


def hold(event: Event, token: MessageToken | None) -> None:
    """InvalidEvent unless the token is this event's, or the event one that has none."""
    if (token is not None) != (event.type in speaking()):
        told = "speaks for a person and needs on_behalf_of" if token is None else "speaks for nobody"
        raise InvalidEvent(f"{event.type} {told}: see [messages] in contracts/policy.toml")
    if token is not None and (token.event_type, token.event_id) != (event.type, event.id):
        raise InvalidEvent(f"the message token is not for this {event.type}")

"""A dead letter that is sent again gets a new message token: for the same person and event, if they still may.

Who hears the event asks, and shows two tokens: the old one, which may have run out, and that of the administrator who
decided it, which the backend itself has made for this service. The new one may do no more than the old one could.
"""

from typing import Any

from backend.audit import service as audit
from backend.context import Backend
from backend.door import errands
from backend.door import service as door
from backend.door.errands import Errand
from backend.exchange.messages import claims_of, refuse_stranger
from backend.exchange.service import Given, Wish
from backend.oauth import OAuthError
from backend.people.models import ACTIVE
from backend.service_clients.served import Served
from servicekit.identity import actors_of
from servicekit.message_tokens import TYPE
from servicekit.operations.room import MANAGE, SEND_AGAIN

KEPT = ("iss", "sub", "aud", "event_id", "sid", "errand", "act")


def renewed(
    parts: Backend, wish: Wish, event_id: str, token: str, admin: Served, origin: audit.Origin
) -> Given:
    """A new token in place of `token`, for the event that `wish.audience` and `event_id` name."""
    claims = claims_of(parts, token, even_expired=True)
    if (claims["aud"], claims["event_id"]) != (wish.audience, event_id):
        raise OAuthError("invalid_request", "The message token is for another event.")
    refuse_stranger(wish, wish.audience)
    _refuse_others(admin, event_id)
    scope = frozenset(claims["scope"].split()) & parts.policy.messages[wish.audience]
    with parts.database.write() as tx:
        if errands.living(tx, Errand.of_message(claims), parts.lifetimes) is None:
            raise OAuthError("invalid_grant", "The person is not there any more for whom this was begun.")
        told = {"service": wish.caller, "event": wish.audience, "event_id": event_id}
        by, about = admin.identity.subject, claims["sub"]
        audit.record(tx, audit.LETTER_TOKEN_RENEWED, origin, actor=by, target=about, **told)
    life = parts.settings.message_token_life
    new: dict[str, Any] = {name: claims[name] for name in KEPT} | {"scope": " ".join(sorted(scope))}
    signed = door.signed(new, parts.keys.signing(), TYPE, life)
    return Given(signed, new["scope"], tuple(actors_of(claims)), life)


def _refuse_others(admin: Served, event_id: str) -> None:
    """Who may decide about dead letters at this moment, and has just done so about this one: the token is one for that
    alone, and none with which they have only looked, or decided about another."""
    may = admin.holder is not None and admin.holder.status == ACTIVE and MANAGE in admin.holder.permissions
    decided = admin.identity.actors == ("backend",) and admin.identity.scope == {SEND_AGAIN}
    decided = decided and admin.identity.event_id == event_id
    if not may or admin.errand or not decided:
        raise OAuthError("access_denied", f"The actor is nobody who may have it sent again ({MANAGE}).")

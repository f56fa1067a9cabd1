"""Message tokens: given to who tells an event on somebody's behalf, and taken from who hears it.

What is given is good for that one event. What is taken is answered with an identity token of a minute, for as long as
the person's errand lives: each time that is asked of the database anew.
"""

from typing import Any

from backend.context import Backend
from backend.door import errands
from backend.door import service as door
from backend.door.errands import Errand
from backend.exchange.service import Given, Wish, chain, refuse, wanted
from backend.oauth import OAuthError
from backend.policy import Pair
from backend.service_clients.served import Served
from servicekit.events.topology import owner, topology
from servicekit.identity import Checker, InvalidToken, actors_of
from servicekit.message_tokens import TYPE


def message_token(parts: Backend, wish: Wish, event_id: str, who: Served) -> Given:
    """A token for the event that `wish.audience` and `event_id` name, on behalf of `who`."""
    carried = Pair(_permissions(parts, wish))
    asked = wanted(carried, wish)
    refuse(carried, wish, who)
    if who.holder is None:
        raise OAuthError("access_denied", "A message speaks for nobody who has not signed in.")
    errand = Errand.begun_by(who.holder, asked & who.holder.permissions)
    actors, scope = (wish.caller, *who.identity.actors), " ".join(sorted(errand.scope))
    claims: dict[str, Any] = {
        "iss": parts.settings.token_issuer,
        "sub": errand.user_id,
        "aud": wish.audience,
        "event_id": event_id,
        "sid": errand.credential_id,
        "scope": scope,
        "errand": errand.told(),
        "act": chain(actors),
    }
    life = parts.settings.message_token_life
    return Given(door.signed(claims, parts.keys.signing(), TYPE, life), scope, actors, life)


def identity_for(parts: Backend, wish: Wish, token: str) -> Given:
    """An identity token for the service that has heard the event of this message token."""
    claims = claims_of(parts, token)
    refuse_stranger(wish, claims["aud"])
    if wish.audience != wish.caller:
        raise OAuthError(
            "invalid_target", "A message token is exchanged for a token for oneself; go on with that."
        )
    errand = Errand.of_message(claims)
    with parts.database.read() as tx:
        holder = errands.living(tx, errand, parts.lifetimes)
    if holder is None:
        raise OAuthError("invalid_grant", "The person is not there any more for whom this was begun.")
    held = holder.permissions if wish.scope is None else holder.permissions & wish.scope
    scope = " ".join(parts.policy.scope(wish.audience, held))
    told = errand.told() | {"event_id": claims["event_id"], "scope": claims["scope"]}
    kept = {name: claims[name] for name in ("iss", "sub", "sid", "act")}
    new = kept | {"aud": wish.audience, "scope": scope, "errand": told}
    return Given(door.signed(new, parts.keys.signing()), scope, tuple(actors_of(claims)))


def _permissions(parts: Backend, wish: Wish) -> frozenset[str]:
    """What such a message may carry; who does not tell such events gets none."""
    permissions = parts.policy.messages.get(wish.audience)
    if permissions is None or owner(topology().exchange_of(wish.audience)) != wish.caller:
        told = f"The service {wish.caller} tells no {wish.audience!r} on anybody's behalf."
        raise OAuthError("invalid_target", f"{told} See [messages] in contracts/policy.toml.")
    return permissions


def claims_of(parts: Backend, token: str, *, even_expired: bool = False) -> dict[str, Any]:
    """What a message token of ours says."""
    issuer, kinds = parts.settings.token_issuer, parts.policy.messages
    try:
        return Checker(issuer, kinds, parts.public_keys, TYPE, even_expired=even_expired).claims(token)
    except InvalidToken as error:
        if "ExpiredTokenError" in str(error):
            raise OAuthError("invalid_grant", "The message is older than its token lives.") from None
        raise OAuthError(
            "invalid_request", "The message token is not one of ours, or its events are not told."
        ) from None


def refuse_stranger(wish: Wish, event_type: str) -> None:
    """Only who hears such events acts on them."""
    if wish.caller not in {owner(name) for name in topology().queues_of(event_type)}:
        raise OAuthError("invalid_target", f"The service {wish.caller} has no queue with {event_type}.")

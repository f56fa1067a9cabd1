"""Token exchange (RFC 8693): a service that serves somebody gets a token with which it goes on to the next, for them.

What the new token may say is decided anew: by the database as it is now, and by the policy for this pair of services.
Of the old token only who it speaks of is taken.
"""

from dataclasses import dataclass, field
from typing import Any

from joserfc.jwk import ECKey

from backend.door import service as door
from backend.oauth import OAuthError
from backend.people.models import ACTIVE
from backend.policy import Pair, Policy
from backend.service_clients.served import Served

DEEPEST = 4  # services that one request may go through after the first


@dataclass(frozen=True)
class Wish:
    """Which service asks, to go where, with what; no scope: all that it may."""

    caller: str
    audience: str
    scope: frozenset[str] | None = None


@dataclass(frozen=True)
class Given:
    """A token. `actors` is who acts for its person, the last first."""

    text: str = field(repr=False)
    scope: str
    actors: tuple[str, ...]
    seconds: int = door.LIFE


def exchange(policy: Policy, wish: Wish, who: Served, issuer: str, key: ECKey) -> Given:
    """A token for `who`, cut to what both they and the pair of services may; else OAuthError."""
    pair = _pair(policy, wish)
    asked = wanted(pair, wish)
    refuse(pair, wish, who)
    held = who.holder.permissions if who.holder else frozenset[str]()
    scope = " ".join(policy.scope(wish.audience, asked & pair.permissions & held))
    actors = (wish.caller, *who.identity.actors)
    claims: dict[str, Any] = {
        "iss": issuer,
        "sub": who.identity.subject,
        "aud": wish.audience,
        "scope": scope,
        "act": chain(actors),
    }
    claims |= {"sid": who.holder.credential_id} if who.holder else {}
    claims |= {"errand": who.identity.errand} if who.identity.errand else {}
    return Given(door.signed(claims, key), scope, actors)


def _pair(policy: Policy, wish: Wish) -> Pair:
    pair = policy.pair(wish.caller, wish.audience)
    if pair is None:
        told = f"The service {wish.caller} may not call {wish.audience!r}. See [exchange] in contracts/policy.toml."
        raise OAuthError("invalid_target", told)
    return pair


def wanted(pair: Pair, wish: Wish) -> frozenset[str]:
    """What the person lacks is left out silently; what the service may not carry is refused."""
    asked = pair.permissions if wish.scope is None else wish.scope
    if beyond := asked - pair.permissions:
        told = ", ".join(sorted(beyond))[:200]
        raise OAuthError(
            "invalid_scope", f"The service {wish.caller} may not carry to {wish.audience}: {told}."
        )
    return asked


def refuse(pair: Pair, wish: Wish, who: Served) -> None:
    """Who may not be passed on. Who is suspended or has signed out is none whom a service serves."""
    if who.holder is None and not pair.visitors:
        raise OAuthError("access_denied", f"{wish.audience} is for people who have signed in.")
    if who.holder is not None and who.holder.status != ACTIVE:
        raise OAuthError("access_denied", "The person waits for approval, or is leaving.")


def chain(actors: tuple[str, ...]) -> dict[str, Any]:
    """Who acts now is outermost (RFC 8693, section 4.1)."""
    if len(actors) > DEEPEST:
        raise OAuthError("invalid_request", f"This request went through {DEEPEST} services already.")
    first, *before = actors
    return {"sub": first} | ({"act": chain(tuple(before))} if before else {})

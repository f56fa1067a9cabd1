"""The decision at the door: who comes, may they go on to this service, and what is it told of them."""

import hashlib
import hmac
import ipaddress
import secrets
import time
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from backend.people.holders import Holder
from backend.people.models import ACTIVE
from backend.policy import Policy
from servicekit.identity import TYPE, VISITOR

LIFE = 60  # seconds
OPEN_TO_PENDING = frozenset({"backend"})
"""Where who waits for approval sees that they wait, and whose account is being deleted how far that is."""


@dataclass(frozen=True)
class Subject:
    """Who an identity token speaks of. `held` are all permissions of that person."""

    id: str
    held: frozenset[str] = frozenset()
    credential: str | None = None


def of_holder(holder: Holder) -> Subject:
    return Subject(holder.user_id, holder.permissions, holder.credential_id)


def of_visitor(address: str, salt: bytes) -> Subject:
    """A visitor, the same for one address during a day; the address cannot be read from it."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    digest = hmac.new(salt, f"{day} {_network(address)}".encode(), hashlib.sha256).hexdigest()
    return Subject(f"{VISITOR}{digest[:32]}")


def admits(status: str, audience: str, *, visitors: bool) -> bool:
    """Whether a person with this status may go on: who waits or leaves, only where `visitors` may as well."""
    return status == ACTIVE or visitors or audience in OPEN_TO_PENDING


def identity_token(subject: Subject, audience: str, issuer: str, key: ECKey, policy: Policy) -> str:
    """A JWT (RFC 7519) for one service, for a minute, without name or e-mail."""
    scope = " ".join(policy.scope(audience, subject.held))
    credential = {"sid": subject.credential} if subject.credential else {}
    return signed({"iss": issuer, "sub": subject.id, "aud": audience, "scope": scope} | credential, key)


def internal_token(
    person: str, audience: str, permission: str, issuer: str, key: ECKey, **more: str | None
) -> str:
    """The same for the backend itself, about one person, with a permission that the door does not give there."""
    told = {"iss": issuer, "sub": person, "aud": audience, "scope": permission, "act": {"sub": "backend"}}
    return signed(told | {name: value for name, value in more.items() if value is not None}, key)


def signed(claims: dict[str, Any], key: ECKey, typ: str = TYPE, life: int = LIFE) -> str:
    """A token with these claims, from now on for so many seconds; normally an identity token."""
    issued_at = int(time.time())
    times = {"iat": issued_at, "exp": issued_at + life, "jti": secrets.token_urlsafe(12)}
    header = {"alg": "ES256", "kid": key.kid, "typ": typ}
    return jwt.encode(header, claims | times, key, algorithms=["ES256"])


def _network(address: str) -> str:
    """An IPv4 address, or the /64 that one subscriber gets in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))

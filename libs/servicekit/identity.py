"""Who asks: identity tokens, verified offline with the backend's public keys."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx2
import structlog
from flask import current_app, g, request
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidClaimError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from servicekit.problems import Unauthenticated, Unavailable

log = structlog.get_logger()

ALGORITHMS = ["ES256"]
LEEWAY = 5  # seconds for which a token is still good when it is over
BEHIND = (
    60  # seconds that a service's clock may be behind the backend's: tokens seem to come from the future then
)
MAX_TOKEN = 4096  # characters
TYPE = "JWT"
"""`typ` of identity tokens."""
VISITOR = "visitor:"
SERVICE = "service:"
"""How the subjects begin of who has not signed in, and of services that come as themselves."""


class InvalidToken(Exception):
    """Not a token of ours, or not for us, or not any more. The text is for logs."""


class UnknownKey(InvalidToken):
    """Signed with a key that is none of those that we know."""


@dataclass(frozen=True)
class Identity:
    """Who asks, as the identity token says. `actors` are the services that act for the person, the last first."""

    subject: str
    scope: frozenset[str]
    session: str | None = None
    actors: tuple[str, ...] = ()
    issued_at: int = 0
    """When the token was made, in seconds since 1970: what was decided after that it does not know."""
    errand: Mapping[str, Any] | None = field(default=None, repr=False)
    """What the backend wants to be told again, where the person is not here any more: of a message token."""
    event_id: str | None = None
    """The one event that an administrator has decided about, where that is what the token is for."""

    @property
    def actor(self) -> str | None:
        """The service that acts for the person; None: the person came through the door."""
        return self.actors[0] if self.actors else None

    @property
    def is_visitor(self) -> bool:
        return self.subject.startswith(VISITOR)

    @property
    def is_service(self) -> bool:
        """Whether nobody is behind it but a service of the platform."""
        return self.subject.startswith(SERVICE)

    def may(self, permission: str) -> bool:
        return permission in self.scope


class Keys:
    """The backend's public keys: fetched when needed, kept a minute, stale ones used while it is away.

    An unknown key id asks again at most once in `COOLDOWN` seconds, whatever tokens are thrown at us.
    """

    MAX_AGE = 60.0
    COOLDOWN = 30.0
    RETRY = 1.0

    def __init__(self, fetch: Callable[[], KeySetSerialization]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._fetched_at = self._asked_at = self._missed_at = -self.MAX_AGE

    def containing(self, kid: str) -> KeySet:
        """The key set, renewed if it is old or lacks `kid`; InvalidToken when `kid` is not ours.

        Whoever has a known key does not wait while somebody else renews the set.
        """
        if self._is_due(kid) and self._lock.acquire(blocking=not self._has(kid)):
            try:
                if self._is_due(kid):
                    self._renew()
                    self._note(kid)
            finally:
                self._lock.release()
        if self._keys is None:
            raise Unavailable(
                "The keys that identities are checked with cannot be fetched. Try again shortly."
            )
        if not self._has(kid):
            raise UnknownKey("unknown kid")
        return self._keys

    @property
    def are_current(self) -> bool:
        """Whether a key that is not among them is none of ours for certain: they are not those of long ago."""
        return time.monotonic() - self._fetched_at < 2 * self.MAX_AGE

    def _is_due(self, kid: str) -> bool:
        moment = time.monotonic()
        if moment - self._fetched_at >= self.MAX_AGE:
            return moment - self._asked_at >= self.RETRY
        return not self._has(kid) and moment - self._missed_at >= self.COOLDOWN

    def _has(self, kid: str) -> bool:
        return self._keys is not None and any(key.kid == kid for key in self._keys)

    def _note(self, kid: str) -> None:
        """Only what is unknown even to a fresh set counts against the next unknown one."""
        if not self._has(kid):
            self._missed_at = time.monotonic()

    def _renew(self) -> None:
        try:
            self._keys = KeySet.import_key_set(self._fetch())
            self._fetched_at = time.monotonic()
        except (httpx2.HTTPError, ValueError, KeyError, JoseError) as error:
            log.warning("identity keys not fetched", error=type(error).__name__)
        finally:
            self._asked_at = time.monotonic()


class _Claims(jwt.JWTClaimsRegistry):
    """The library's, but clocks may differ by more where nobody gains by it."""

    def validate_iat(self, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidClaimError("iat", "not a time")
        if value > time.time() + BEHIND:
            raise InvalidClaimError("iat", "issued in the future")


class _OfAnyAge(_Claims):
    """For tokens that are shown to say what they once were good for."""

    def validate_exp(self, value: object) -> None:
        if not isinstance(value, int):
            raise InvalidToken("exp")


class Checker:
    """Checks tokens of one `typ` for some audiences. Everything is required and spelled out (RFC 8725)."""

    def __init__(
        self, issuer: str, audiences: Collection[str], keys: Keys, typ: str, *, even_expired: bool = False
    ) -> None:
        self._audiences, self._keys, self._typ = audiences, keys, typ
        registry = _OfAnyAge if even_expired else _Claims
        self._claims = registry(
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "values": list(audiences)},
            sub={"essential": True},
            jti={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    def claims(self, token: str) -> dict[str, Any]:
        """What `token` says; InvalidToken whatever is wrong with it."""
        if len(token) > MAX_TOKEN:
            raise InvalidToken("too long")
        try:
            decoded = jwt.decode(token, lambda jws: self._key_for(jws.headers()), algorithms=ALGORITHMS)
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise InvalidToken(_reason(error)) from None
        self._check(decoded.claims)
        return decoded.claims

    def _key_for(self, header: dict[str, Any]) -> KeySet:
        if header.get("typ") != self._typ or "crit" in header or not isinstance(header.get("kid"), str):
            raise InvalidToken("header")
        return self._keys.containing(header["kid"])

    def _check(self, claims: dict[str, Any]) -> None:
        """What the library leaves open."""
        plain = all(isinstance(claims.get(name, ""), str) for name in ("sub", "aud", "scope"))
        if not plain or claims["aud"] not in self._audiences or not claims["sub"]:
            raise InvalidToken("claims")


class Verifier:
    """Checks identity tokens for one audience."""

    def __init__(self, issuer: str, audience: str, keys: Keys) -> None:
        self.audience, self.keys = audience, keys
        self._checker = Checker(issuer, {audience}, keys, TYPE)

    def verify(self, token: str) -> Identity:
        """The identity in `token`; InvalidToken whatever is wrong with it."""
        claims = self._checker.claims(token)
        return Identity(
            subject=claims["sub"],
            scope=frozenset(claims.get("scope", "").split()),
            session=claims.get("sid"),
            actors=tuple(actors_of(claims)),
            issued_at=int(claims["iat"]),
            errand=claims.get("errand"),
            event_id=claims.get("event_id"),
        )


def _reason(error: Exception) -> str:
    """For logs and dead letters: what was wrong, and with which claim."""
    return " ".join([type(error).__name__, *([error.claim] if isinstance(error, ClaimError) else [])])


def actors_of(claims: Mapping[str, Any]) -> Iterator[str]:
    """Who acts, and before them who else did (RFC 8693, section 4.1)."""
    act = claims.get("act")
    while act is not None:
        actor = act.get("sub") if isinstance(act, dict) else None
        if not isinstance(actor, str) or not actor:
            raise InvalidToken("act")
        yield actor
        act = act.get("act")


def fetcher(url: str) -> Callable[[], KeySetSerialization]:
    """Fetches a key set (RFC 7517, section 5) over HTTP, within two seconds."""

    def fetch() -> KeySetSerialization:
        answer = httpx2.get(url, timeout=2.0, follow_redirects=False, trust_env=False)
        answer.raise_for_status()
        keys: KeySetSerialization = answer.json()
        return keys

    return fetch


class Bearer(Protocol):
    """Who acts for somebody that is not here: see servicekit.errands."""

    def identity(self) -> Identity: ...

    def token(self) -> str: ...


def current_identity() -> Identity:
    """Who asks in this request, or for whom we act; 401 without a valid identity token for this service."""
    if bearer := _bearer():
        return bearer.identity()
    if "identity" not in g:
        g.identity = _of_request()
    identity: Identity = g.identity
    return identity


def current_token() -> str:
    """The identity token of this request, as it came: for the backend, when a service acts for its person."""
    if bearer := _bearer():
        return bearer.token()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated(headers={"WWW-Authenticate": "Bearer"})
    return token.strip()


def _bearer() -> Bearer | None:
    bearer: Bearer | None = g.get("bearer")
    return bearer


def _of_request() -> Identity:
    token = current_token()
    verifier: Verifier = current_app.extensions["identity"]
    try:
        return verifier.verify(token)
    except InvalidToken as error:
        log.info("identity refused", reason=str(error))
        raise Unauthenticated(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None

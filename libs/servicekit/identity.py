"""Who asks: identity tokens, verified offline with the backend's public keys."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import structlog
from flask import current_app, g, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from servicekit.problems import Unauthenticated, Unavailable

log = structlog.get_logger()

ALGORITHMS = ["ES256"]
LEEWAY = 5  # seconds that the clocks of two services may differ
MAX_TOKEN = 4096  # characters
VISITOR = "visitor:"


class InvalidToken(Exception):
    """Not a token of ours, or not for us, or not any more. The text is for logs."""


@dataclass(frozen=True)
class Identity:
    """Who asks, as the identity token says. `actors` are the services that act for the person, the last first."""

    subject: str
    scope: frozenset[str]
    session: str | None = None
    actors: tuple[str, ...] = ()
    issued_at: int = 0
    """When the token was made, in seconds since 1970: what was decided after that it does not know."""

    @property
    def actor(self) -> str | None:
        """The service that acts for the person; None: the person came through the door."""
        return self.actors[0] if self.actors else None

    @property
    def is_visitor(self) -> bool:
        return self.subject.startswith(VISITOR)

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
            raise InvalidToken("unknown kid")
        return self._keys

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


class Verifier:
    """Checks identity tokens for one audience. Everything is required and spelled out (RFC 8725)."""

    def __init__(self, issuer: str, audience: str, keys: Keys) -> None:
        self.audience = audience
        self._keys = keys
        self._claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            jti={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    def verify(self, token: str) -> Identity:
        """The identity in `token`; InvalidToken whatever is wrong with it."""
        if len(token) > MAX_TOKEN:
            raise InvalidToken("too long")
        try:
            decoded = jwt.decode(token, lambda jws: self._key_for(jws.headers()), algorithms=ALGORITHMS)
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise InvalidToken(type(error).__name__) from None
        return _identity(decoded.claims, self.audience)

    def _key_for(self, header: dict[str, Any]) -> KeySet:
        if header.get("typ") != "JWT" or "crit" in header or not isinstance(header.get("kid"), str):
            raise InvalidToken("header")
        return self._keys.containing(header["kid"])


def _identity(claims: dict[str, Any], audience: str) -> Identity:
    subject, scope = claims["sub"], claims.get("scope", "")
    if claims["aud"] != audience or not subject or not isinstance(scope, str):
        raise InvalidToken("claims")
    if claims["iat"] > time.time() + LEEWAY:
        raise InvalidToken("issued in the future")
    return Identity(
        subject=subject,
        scope=frozenset(scope.split()),
        session=claims.get("sid"),
        actors=tuple(_actors(claims.get("act"))),
        issued_at=int(claims["iat"]),
    )


def _actors(act: Any) -> Iterator[str]:
    """Who acts, and before them who else did (RFC 8693, section 4.1)."""
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


def current_identity() -> Identity:
    """Who asks in this request; 401 without a valid identity token for this service."""
    if "identity" not in g:
        g.identity = _of_request()
    identity: Identity = g.identity
    return identity


def current_token() -> str:
    """The identity token of this request, as it came: for the backend, when a service acts for its person."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated(headers={"WWW-Authenticate": "Bearer"})
    return token.strip()


def _of_request() -> Identity:
    token = current_token()
    verifier: Verifier = current_app.extensions["identity"]
    try:
        return verifier.verify(token)
    except InvalidToken as error:
        log.info("identity refused", reason=str(error))
        raise Unauthenticated(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None

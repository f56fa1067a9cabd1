"""A fresh access token for a service: one question to the provider, however many ask for the answer.

Of all threads, processes and replicas, one holds the connection's lease and asks; the others wait a moment and read
what it has brought. Nobody asks with a transaction open. A provider that does not answer is left in peace for a
while, longer each time.
"""

import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Update, delete, or_, update
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.context import Backend
from backend.google import service as connections
from backend.google.grants import Fresh, Over
from backend.google.models import GoogleAccessToken, GoogleConnection
from backend.sign_in.refusals import ProviderUnavailable, Unreachable
from backend.vault import Unsealable
from servicekit.database import changed_one
from servicekit.ids import new_id, now
from servicekit.problems import GoogleNotConnected

log = structlog.get_logger()

MARGIN = timedelta(minutes=2)
"""A token that ends sooner is renewed: whoever gets one can work with it for a while."""
LEASE = timedelta(seconds=15)  # the provider has four to answer in; the rest is for slow databases and clocks
PATIENCE = timedelta(seconds=1)
"""For so long the others wait for who asks. They hold threads, and the gateway waits two seconds for a decision."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.2  # seconds between two looks at whether the answer has come
FIRST_REST, LONGEST_REST = 2, 60  # seconds in which a provider that failed is not asked
RELEASED = {"lease": None, "lease_until": None}
RECONNECT = "Google does not accept the connection any more. Connect it again."
IDENTITY = frozenset(
    {
        "openid",
        "email",
        "profile",
        "offline_access",
        "https://www.googleapis.com/auth/userinfo.email",
        "https://www.googleapis.com/auth/userinfo.profile",
    }
)
"""Scopes that a token may have besides: they open nothing but the person's own name and address."""


@dataclass(frozen=True)
class Wish:
    """A service wants a token for what it may (`allowed`) of what a person has connected; it needs `needed`."""

    service: str
    user_id: str
    needed: frozenset[str]
    allowed: frozenset[str]
    origin: audit.Origin


@dataclass(frozen=True)
class Token:
    """What a service gets."""

    text: str = field(repr=False)
    seconds: int
    scopes: list[str]


@dataclass(frozen=True)
class Turn:
    """What who holds the lease needs to know."""

    lease: str
    connection_id: str
    refresh_token: str = field(repr=False)
    scopes: list[str]
    failures: int


def access_token(parts: Backend, wish: Wish) -> Token:
    """A token that is good for a while. GoogleNotConnected, or ProviderUnavailable."""
    ends_at, pause = time.monotonic() + PATIENCE.total_seconds(), FIRST_PAUSE
    while True:
        with parts.database.read() as tx:
            connection = _connected(tx, wish)
            token = _kept(tx, parts, connection, wish)
            free = connection.lease_until is None or connection.lease_until <= now()
        if token:
            return token
        _respect_its_rest(connection)
        if parts.provider.upstream.hangs():  # whoever it is for: no more threads for it
            raise _unavailable(FIRST_REST)
        if free and (turn := _turn(parts, wish)):
            return _refreshed(parts, wish, turn)
        if time.monotonic() >= ends_at or _hangs(connection):
            raise _unavailable(1)
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _connected(tx: Transaction, wish: Wish) -> GoogleConnection:
    """The person's connection, if it is good for what is needed."""
    found = connections.of(tx, wish.user_id)
    if found is None:
        raise GoogleNotConnected
    if found.needs_reconnecting:
        raise GoogleNotConnected(RECONNECT)
    missing = sorted(wish.needed - set(found.scopes))
    if missing:
        raise GoogleNotConnected(f"This needs what is not connected yet: {', '.join(missing)}.")
    return found


def _kept(tx: Transaction, parts: Backend, connection: GoogleConnection, wish: Wish) -> Token | None:
    """The token that the service was given before, if it will do."""
    row = tx.get(GoogleAccessToken, (connection.id, wish.service))
    left = row.expires_at - now() if row else timedelta()
    if row is None or left <= MARGIN or set(row.scopes) != wish.allowed & set(connection.scopes):
        return None
    try:
        context = connections.access_context(wish.user_id, wish.service)
        text = parts.vault.open(context, row.sealed_access_token)
    except Unsealable:
        return None
    return Token(text, int(left.total_seconds()), row.scopes)


def _respect_its_rest(connection: GoogleConnection) -> None:
    if connection.retry_at and connection.retry_at > now():
        raise _unavailable(1 + int((connection.retry_at - now()).total_seconds()))


def _hangs(connection: GoogleConnection) -> bool:
    """Whether who asks the provider has been at it for too long to wait for, whenever one came."""
    return connection.lease_until is not None and connection.lease_until - LEASE + PATIENCE < now()


def _turn(parts: Backend, wish: Wish) -> Turn | None:
    """The lease, if nobody has it, and what to ask with. None: another was faster, or has just finished."""
    lease = new_id()
    with parts.database.write() as tx:
        mine = GoogleConnection.user_id == wish.user_id
        taken = update(GoogleConnection).where(mine, _free()).values(lease=lease, lease_until=now() + LEASE)
        if not changed_one(tx, taken):
            return None
        connection = _connected(tx, wish)
        scopes = sorted(wish.allowed & set(connection.scopes))
        turn = Turn(lease, connection.id, "", scopes, connection.failures)
        if _kept(tx, parts, connection, wish):
            tx.execute(_mine(turn).values(**RELEASED))
            return None
        _respect_its_rest(connection)
        try:
            context = connections.refresh_context(wish.user_id)
            return replace(turn, refresh_token=parts.vault.open(context, connection.sealed_refresh_token))
        except Unsealable:
            log.warning("a refresh token does not open", user=wish.user_id)
            _end(tx, wish, turn)
    raise GoogleNotConnected(RECONNECT)


def _refreshed(parts: Backend, wish: Wish, turn: Turn) -> Token:
    """Ask the provider, with no transaction open, and keep what it says."""
    wanted = frozenset(parts.policy.google.spelled(turn.scopes))
    try:
        fresh = parts.grants.refresh(turn.refresh_token, wanted)
    except Unreachable as failure:
        raise _failed(parts, turn, str(failure)) from None
    except Over:
        fresh = None
    if fresh is None or not wanted <= fresh.scopes:
        with parts.database.write() as tx:
            _end(tx, wish, turn)
        raise GoogleNotConnected(RECONNECT)
    return _given(parts, wish, turn, fresh, narrow=fresh.scopes <= wanted | IDENTITY)


def _given(parts: Backend, wish: Wish, turn: Turn, fresh: Fresh, *, narrow: bool) -> Token:
    """Keep the fresh token, and hand it over, unless it can do more than the service may."""
    with parts.database.write() as tx:
        same = _renew(tx, parts, wish, turn, fresh, rest=0 if narrow else LONGEST_REST)
        if same and narrow:
            _keep(tx, parts, wish, turn, fresh)
        gone = connections.of(tx, wish.user_id) is None
    if not same:
        if gone and fresh.refresh_token:  # disconnected meanwhile: what came too late ends, too
            parts.grants.revoke(fresh.refresh_token)
        raise _unavailable(1)
    if not narrow:
        log.error("the identity provider gives no narrower token", peer=wish.service)
        raise _unavailable(LONGEST_REST)
    return Token(fresh.access_token, fresh.expires_in, turn.scopes)


def _renew(tx: Transaction, parts: Backend, wish: Wish, turn: Turn, fresh: Fresh, *, rest: int) -> bool:
    """The provider has answered; False if the person has disconnected or connected anew meanwhile."""
    values: dict[str, Any] = RELEASED | {"failures": 0, "retry_at": _in(rest) if rest else None}
    if fresh.refresh_token:
        context = connections.refresh_context(wish.user_id)
        values["sealed_refresh_token"] = parts.vault.seal(context, fresh.refresh_token)
    return changed_one(tx, _mine(turn).values(**values))


def _keep(tx: Transaction, parts: Backend, wish: Wish, turn: Turn, fresh: Fresh) -> None:
    context = connections.access_context(wish.user_id, wish.service)
    same = (GoogleAccessToken.connection_id == turn.connection_id, GoogleAccessToken.service == wish.service)
    tx.execute(delete(GoogleAccessToken).where(*same))
    tx.add(
        GoogleAccessToken(
            connection_id=turn.connection_id,
            service=wish.service,
            scopes=turn.scopes,
            sealed_access_token=parts.vault.seal(context, fresh.access_token),
            expires_at=_in(fresh.expires_in),
        )
    )
    scopes = " ".join(turn.scopes)
    audit.record(
        tx, audit.GOOGLE_TOKEN_GIVEN, wish.origin, target=wish.user_id, service=wish.service, scopes=scopes
    )


def _end(tx: Transaction, wish: Wish, turn: Turn) -> None:
    """The consent is over: the tokens go, and the person is asked to connect again."""
    over: dict[str, Any] = RELEASED | {"needs_reconnecting": True}
    if changed_one(tx, _mine(turn).values(**over)):
        tx.execute(delete(GoogleAccessToken).where(GoogleAccessToken.connection_id == turn.connection_id))
        told, whose = audit.GOOGLE_RECONNECT_NEEDED, wish.user_id
        events.account_changed(tx, whose, "google")
        audit.record(tx, told, wish.origin, target=whose, service=wish.service)


def _failed(parts: Backend, turn: Turn, reason: str) -> ProviderUnavailable:
    """Leave the provider in peace for a while; the problem to raise."""
    rest = min(FIRST_REST * 2**turn.failures, LONGEST_REST)
    values: dict[str, Any] = RELEASED | {"failures": min(turn.failures + 1, 10), "retry_at": _in(rest)}
    with parts.database.write() as tx:
        tx.execute(_mine(turn).values(**values))
    log.warning("no fresh token from the identity provider", reason=reason)
    return _unavailable(rest)


def _unavailable(seconds: int) -> ProviderUnavailable:
    told = "Google gives no access at the moment. Try again later; nothing has to be connected anew."
    return ProviderUnavailable(told, headers={"Retry-After": str(seconds)})


def _in(seconds: int) -> datetime:
    return now() + timedelta(seconds=seconds)


def _free() -> ColumnElement[bool]:
    return or_(GoogleConnection.lease_until.is_(None), GoogleConnection.lease_until <= now())


def _mine(turn: Turn) -> Update:
    """The connection that the lease is for, for as long as it is the same, and the lease not another's."""
    return update(GoogleConnection).where(
        GoogleConnection.id == turn.connection_id, GoogleConnection.lease == turn.lease
    )

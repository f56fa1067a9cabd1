"""Begin, find, use and end sessions."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.people.holders import Holder, holder, holders
from backend.people.models import User
from backend.revocations import service as revocations
from backend.sessions.models import BrowserSession
from backend.vault import fingerprint
from servicekit.ids import new_id, now


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta


def begin(
    tx: Transaction,
    user_id: str,
    user_agent: str | None,
    lifetimes: Lifetimes,
    address: str | None = None,
    authenticated_at: datetime | None = None,
) -> str:
    """A new session; returns the 256-bit secret for the cookie, which is kept nowhere.

    The person was at the provider at `authenticated_at`, if that is known.
    """
    token, moment = secrets.token_urlsafe(32), now()
    tx.execute(delete(BrowserSession).where(_over(lifetimes), BrowserSession.user_id == user_id))
    tx.add(
        BrowserSession(
            id=new_id(),
            token_hash=fingerprint(token),
            user_id=user_id,
            user_agent=(user_agent or "")[:300] or None,
            address=address,
            authenticated_at=authenticated_at,
            created_at=moment,
            last_used_at=moment,
            expires_at=moment + lifetimes.absolute,
        )
    )
    events.account_changed(tx, user_id, "sessions")
    return token


def find(tx: Transaction, token: str, lifetimes: Lifetimes) -> Holder | None:
    """The living session behind a cookie's value."""
    mine = BrowserSession.token_hash == fingerprint(token)
    return holder(tx.execute(holders(BrowserSession).where(mine, ~_over(lifetimes))).all())


def living(tx: Transaction, session_id: str, lifetimes: Lifetimes) -> Holder | None:
    """The same by the session's id, as identity tokens name it (`sid`)."""
    mine = BrowserSession.id == session_id
    return holder(tx.execute(holders(BrowserSession).where(mine, ~_over(lifetimes))).all())


def ends_at(tx: Transaction, session_id: str, lifetimes: Lifetimes) -> datetime | None:
    """When it is over if it is not used; None if there is none."""
    session = tx.get(BrowserSession, session_id)
    return min(session.expires_at, session.last_used_at + lifetimes.idle) if session else None


def touch(tx: Transaction, session_id: str) -> None:
    """Note that the session is in use (once a minute is enough)."""
    tx.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(last_used_at=now()))


def end(tx: Transaction, token: str, reason: str = revocations.SIGNED_OUT) -> str | None:
    """End the session behind a cookie's value; returns whose it was."""
    session = tx.scalar(select(BrowserSession).where(BrowserSession.token_hash == fingerprint(token)))
    if session is None:
        return None
    _revoke(tx, session.user_id, [session.id], reason)
    return session.user_id


def of(tx: Transaction, user_id: str, lifetimes: Lifetimes) -> list[BrowserSession]:
    """A person's living sessions, the last used first."""
    mine = select(BrowserSession).where(BrowserSession.user_id == user_id, ~_over(lifetimes))
    return list(tx.scalars(mine.order_by(BrowserSession.last_used_at.desc(), BrowserSession.id)))


def end_one(tx: Transaction, user_id: str, session_id: str) -> BrowserSession | None:
    """End a person's own session and tell which it was; None if there is none of this id."""
    same = (BrowserSession.id == session_id, BrowserSession.user_id == user_id)
    session = tx.scalar(select(BrowserSession).where(*same))
    if session is not None:
        _revoke(tx, user_id, [session_id], revocations.ELSEWHERE)
    return session


def end_all(tx: Transaction, user_id: str, but: str | None = None) -> None:
    """Sign a person out everywhere, but for the session of the id `but`; what messages go on with ends, too."""
    tx.execute(update(User).where(User.id == user_id).values(generation=User.generation + 1))
    theirs = tx.scalars(select(BrowserSession.id).where(BrowserSession.user_id == user_id))
    _revoke(tx, user_id, [session for session in theirs if session != but], revocations.EVERYWHERE)


def _revoke(tx: Transaction, user_id: str, session_ids: Sequence[str], reason: str) -> None:
    """End these now, and tell it."""
    tx.execute(delete(BrowserSession).where(BrowserSession.id.in_(session_ids)))
    revocations.of_credentials(tx, user_id, session_ids, reason)
    events.sessions_revoked(tx, user_id, session_ids)


def _over(lifetimes: Lifetimes) -> ColumnElement[bool]:
    moment = now()
    return or_(BrowserSession.expires_at <= moment, BrowserSession.last_used_at <= moment - lifetimes.idle)

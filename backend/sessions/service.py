"""Begin, find, use and end sessions."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import Session as Transaction

from backend.people.models import ACTIVE, PENDING, RolePermission, User, UserRole
from backend.sessions.models import BrowserSession
from backend.vault import fingerprint
from servicekit.ids import new_id, now

TOUCH = timedelta(minutes=1)


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Found:
    """Whose session it is, and what that person may do at this moment."""

    session_id: str
    user_id: str
    status: str
    permissions: frozenset[str]
    stale: bool


def begin(tx: Transaction, user_id: str, user_agent: str | None, lifetimes: Lifetimes) -> str:
    """A new session; returns the 256-bit secret for the cookie, which is kept nowhere."""
    token, moment = secrets.token_urlsafe(32), now()
    tx.execute(delete(BrowserSession).where(_over(lifetimes), BrowserSession.user_id == user_id))
    tx.add(
        BrowserSession(
            id=new_id(),
            token_hash=fingerprint(token),
            user_id=user_id,
            user_agent=(user_agent or "")[:300] or None,
            created_at=moment,
            last_used_at=moment,
            expires_at=moment + lifetimes.absolute,
        )
    )
    return token


def find(tx: Transaction, token: str, lifetimes: Lifetimes) -> Found | None:
    """The living session behind a cookie's value."""
    rows = tx.execute(_living(token, lifetimes)).all()
    if not rows:
        return None
    first = rows[0]
    held = (
        frozenset(row.permission for row in rows if row.permission) if first.status == ACTIVE else frozenset()
    )
    return Found(first.id, first.user_id, first.status, held, stale=now() - first.last_used_at > TOUCH)


def touch(tx: Transaction, session_id: str) -> None:
    """Note that the session is in use (once a minute is enough)."""
    tx.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(last_used_at=now()))


def end(tx: Transaction, token: str) -> str | None:
    """End the session behind a cookie's value; returns whose it was."""
    owner = tx.scalar(select(BrowserSession.user_id).where(BrowserSession.token_hash == fingerprint(token)))
    tx.execute(delete(BrowserSession).where(BrowserSession.token_hash == fingerprint(token)))
    return owner


def end_all(tx: Transaction, user_id: str) -> None:
    """Sign a person out everywhere."""
    tx.execute(delete(BrowserSession).where(BrowserSession.user_id == user_id))


def _living(token: str, lifetimes: Lifetimes) -> Select[str, str, datetime, str, str]:
    return (
        select(
            BrowserSession.id,
            BrowserSession.user_id,
            BrowserSession.last_used_at,
            User.status,
            RolePermission.permission,
        )
        .join(User, User.id == BrowserSession.user_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .outerjoin(RolePermission, RolePermission.role == UserRole.role)
        .where(
            BrowserSession.token_hash == fingerprint(token),
            ~_over(lifetimes),
            User.status.in_((ACTIVE, PENDING)),
        )
    )


def _over(lifetimes: Lifetimes) -> ColumnElement[bool]:
    moment = now()
    return or_(BrowserSession.expires_at <= moment, BrowserSession.last_used_at <= moment - lifetimes.idle)

"""Find people: for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session as Transaction

from backend.people.models import User, UserRole
from backend.sessions.models import BrowserSession


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is left out is open. `text` is a part of the name or e-mail address."""

    text: str | None = None
    status: str | None = None
    role: str | None = None
    ids: Sequence[str] = ()


def people_like(tx: Transaction, wanted: Wanted, before: str | None, most: int) -> list[User]:
    """The people who match, the newest first, older than `before` (an id)."""
    query = select(User).order_by(User.id.desc()).limit(most)
    if before:
        query = query.where(User.id < before)
    if wanted.ids:
        query = query.where(User.id.in_(wanted.ids))
    if wanted.text:
        text = wanted.text.lower()
        in_name = func.lower(User.name).contains(text, autoescape=True)
        query = query.where(or_(User.email.contains(text, autoescape=True), in_name, User.id == text))
    if wanted.status:
        query = query.where(User.status == wanted.status)
    if wanted.role:
        query = query.where(exists().where(UserRole.user_id == User.id, UserRole.role == wanted.role))
    return list(tx.scalars(query))


def roles_by_person(tx: Transaction, ids: list[str]) -> dict[str, list[str]]:
    """The roles of each of these people, in order."""
    found: dict[str, list[str]] = {user_id: [] for user_id in ids}
    rows = tx.execute(
        select(UserRole.user_id, UserRole.role).where(UserRole.user_id.in_(ids)).order_by(UserRole.role)
    )
    for user_id, role in rows:
        found[user_id].append(role)
    return found


def last_seen(tx: Transaction, ids: list[str]) -> dict[str, datetime]:
    """When each of these people last used a session that still lives."""
    latest = func.max(BrowserSession.last_used_at)
    mine = select(BrowserSession.user_id, latest).where(BrowserSession.user_id.in_(ids))
    return dict(tx.execute(mine.group_by(BrowserSession.user_id)).all())

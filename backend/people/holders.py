"""Who holds a credential (a session, an access token), and what that person may do at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, literal, null, select
from sqlalchemy.orm import Session as Transaction

from backend.people.models import ACTIVE, DELETING, PENDING, RolePermission, User, UserRole
from servicekit.ids import now

HELD = (User.status, User.generation, RolePermission.permission)
TOUCH = timedelta(minutes=1)  # that a credential is in use is noted once in this time


@dataclass(frozen=True)
class Holder:
    """A living credential and its person. `kind` is the credential's table."""

    credential_id: str
    user_id: str
    status: str
    permissions: frozenset[str]
    stale: bool
    kind: str
    generation: int


def holders(credential: Any) -> Select[Any]:
    """Credentials with their person's status and permissions: a row for each permission.

    `credential` is a table with `id`, `user_id` and `last_used_at`. Who is suspended holds none.
    """
    kind = literal(credential.__tablename__).label("kind")
    own = select(credential.id, credential.user_id, credential.last_used_at, kind, *HELD)
    return _people(own.join(User, User.id == credential.user_id))


def person(tx: Transaction, user_id: str) -> Holder | None:
    """Somebody without any credential: as it is when they have gone, and what they began goes on."""
    kind, never = literal("users").label("kind"), null().label("last_used_at")
    alone: Any = select(User.id, User.id.label("user_id"), never, kind, *HELD).select_from(User)
    return holder(tx.execute(_people(alone).where(User.id == user_id)).all())


def _people(those: Select[Any]) -> Select[Any]:
    return (
        those.outerjoin(UserRole, UserRole.user_id == User.id)
        .outerjoin(RolePermission, RolePermission.role == UserRole.role)
        .where(User.status.in_((ACTIVE, PENDING, DELETING)))
    )


def holder(rows: Sequence[Row[Any]]) -> Holder | None:
    """What the rows of one credential say, read with `holders`."""
    if not rows:
        return None
    first, held = rows[0], frozenset(row.permission for row in rows if row.permission)
    stale = first.last_used_at is None or now() - first.last_used_at > TOUCH
    may = held if first.status == ACTIVE else frozenset[str]()
    return Holder(first.id, first.user_id, first.status, may, stale, first.kind, first.generation)

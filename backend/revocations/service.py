"""Note what is revoked, in the transaction that revokes it, and tell it to who holds streams."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, insert, literal, select
from sqlalchemy.orm import Session as Transaction

from backend.people.models import UserRole
from backend.revocations.models import Revocation
from servicekit.ids import now
from servicekit.revocations import CHANGED

KEPT = timedelta(minutes=10)
AT_FIRST = timedelta(minutes=2)
"""What somebody is told who has not asked before: longer than an identity token lives that they may be shown."""
CHUNK = 1000

SIGNED_OUT, ELSEWHERE, EVERYWHERE = "signed-out", "elsewhere", "everywhere"
"""By its person: in that browser itself, from another device, everywhere at once."""
REPLACED = "replaced"
"""By the next sign-in in the same browser."""
REVOKED, SUSPENDED, DELETED = "revoked", "suspended", "deleted"
"""An access token or a program; by an administrator; with the account."""


def of_credentials(tx: Transaction, person: str, ids: Iterable[str], reason: str) -> None:
    """These end now."""
    rows = [{"person": person, "credential": each, "reason": reason, "at": now()} for each in ids]
    if rows:
        tx.execute(insert(Revocation), rows)


def of_person(tx: Transaction, person: str, reason: str = CHANGED) -> None:
    """What the person came with until now says too much: they have ended themselves, or may do something else now."""
    tx.execute(insert(Revocation).values(person=person, reason=reason, at=now()))


def of_role(tx: Transaction, role: str) -> None:
    """The same of everybody who has this role."""
    holders = select(UserRole.user_id, literal(CHANGED), literal(now(), Revocation.at.type))
    columns = ["person", "reason", "at"]
    tx.execute(insert(Revocation).from_select(columns, holders.where(UserRole.role == role)))


def since(tx: Transaction, moment: datetime | None) -> list[Revocation]:
    """All from this moment on, in order; a transaction of before may still add one that is older."""
    after = moment or now() - AT_FIRST
    return list(tx.scalars(select(Revocation).where(Revocation.at >= after).order_by(Revocation.number)))


def of(tx: Transaction, person: str) -> frozenset[int]:
    """The numbers of those that concern this person: what is read of them afterwards knows of these."""
    return frozenset(tx.scalars(select(Revocation.number).where(Revocation.person == person)))


def is_due(tx: Transaction) -> bool:
    """Whether there is something to remove: asked without a write lock."""
    return bool(tx.scalars(_old().limit(1)).all())


def tidy(tx: Transaction) -> None:
    """Remove some that nobody asks for any more."""
    numbers = tx.scalars(_old().limit(CHUNK)).all()
    tx.execute(delete(Revocation).where(Revocation.number.in_(numbers)))


def _old() -> Select[int]:
    return select(Revocation.number).where(Revocation.at < now() - KEPT)

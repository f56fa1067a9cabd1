"""Write the audit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session as Transaction

from backend.audit.models import AuditEntry
from backend.people.models import User
from servicekit.ids import new_id, now

SIGNED_IN = "sign_in.succeeded"
SIGN_IN_REFUSED = "sign_in.refused"
SIGNED_OUT = "sign_out"
SESSION_ENDED = "session.ended"
SIGNED_OUT_EVERYWHERE = "sign_out.everywhere"
TOKEN_MADE = "token.made"  # noqa: S105
TOKEN_REVOKED = "token.revoked"  # noqa: S105
PROGRAM_APPROVED = "program.approved"
PROGRAM_REFUSED = "program.refused"
PROGRAM_CODE_UNKNOWN = "program.code_unknown"
PROGRAM_CONNECTED = "program.connected"
PROGRAM_ENDED = "program.ended"
PROGRAM_REUSED = "program.credential_reused"
STATUS_CHANGED = "user.status_changed"
ROLE_GIVEN = "user.role_given"
ROLE_TAKEN = "user.role_taken"
ROLE_MADE = "role.made"
ROLE_CHANGED = "role.changed"
ROLE_REMOVED = "role.removed"
INVITED = "invitation.made"
INVITATION_ACCEPTED = "invitation.accepted"
INVITATION_WITHDRAWN = "invitation.withdrawn"
ACCOUNT_EXPORTED = "account.exported"
DELETION_BEGUN = "account.deletion_begun"
ACCOUNT_DELETED = "account.deleted"
AUDIT_EXPORTED = "audit.exported"
AUDIT_PRUNED = "audit.pruned"
RETENTION_CHANGED = "audit.retention_changed"
KEYS_ROTATED = "keys.rotated"
SECRETS_ROTATED = "secrets.rotated"
GOOGLE_CONNECTED = "google.connected"
GOOGLE_DISCONNECTED = "google.disconnected"
GOOGLE_TOKEN_GIVEN = "google.token_given"  # noqa: S105
GOOGLE_RECONNECT_NEEDED = "google.reconnect_needed"
CONNECTION_REFUSED = "google.connection_refused"
BUDGET_CHANGED = "ai.budget_changed"
LETTER_SENT_AGAIN = "operations.sent_again"
LETTER_DROPPED = "operations.dropped"
LETTER_REFUSED = "operations.refused"
LETTER_TOKEN_RENEWED = "operations.token_renewed"  # noqa: S105


@dataclass(frozen=True)
class Origin:
    """From where somebody acts: the client's address, and the id of the request; and when, if it is told only later."""

    address: str | None = None
    request_id: str | None = None
    at: datetime | None = None


def record(
    tx: Transaction,
    action: str,
    origin: Origin,
    *,
    actor: str | None = None,
    target: str | None = None,
    **detail: str | bool | int | None,
) -> None:
    """Add one entry to the transaction in which it happens. `actor` and `target` are user ids."""
    tx.add(
        AuditEntry(
            id=new_id(),
            at=origin.at or now(),
            action=action,
            actor=actor,
            target=target,
            address=origin.address,
            request_id=origin.request_id,
            detail=detail,
        )
    )


@dataclass(frozen=True)
class Wanted:
    """What to look for; None leaves it open. `person` (an id or an e-mail address) did it or had it done to them;
    `action` may be a beginning."""

    person: str | None = None
    action: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def search(tx: Transaction, wanted: Wanted, before: str | None, most: int) -> list[AuditEntry]:
    """The entries that match, the newest first, older than the entry `before`."""
    return list(tx.scalars(_matching(wanted, before).limit(most)))


def _matching(wanted: Wanted, before: str | None) -> Select[AuditEntry]:
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if before:
        query = query.where(AuditEntry.id < before)
    if wanted.person:
        query = query.where(_concerns(wanted.person))
    if wanted.action:
        query = query.where(AuditEntry.action.startswith(wanted.action, autoescape=True))
    if wanted.request_id:
        query = query.where(AuditEntry.request_id == wanted.request_id)
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    return query


def count(tx: Transaction, action: str, actor: str, since: datetime) -> int:
    """How often this person did `action` since then."""
    done = (AuditEntry.action == action, AuditEntry.actor == actor, AuditEntry.at >= since)
    return tx.scalar(select(func.count()).where(*done)) or 0


def _concerns(person: str) -> ColumnElement[bool]:
    ids = select(User.id).where(User.email == person.lower()) if "@" in person else [person]
    return or_(AuditEntry.actor.in_(ids), AuditEntry.target.in_(ids))


def per_day(tx: Transaction, action: str, since: datetime) -> dict[str, int]:
    """How often `action` happened on each day (UTC, `2026-11-24`) since then; days without any are left out."""
    day = func.date(AuditEntry.at)
    counted = select(day, func.count()).where(AuditEntry.action == action, AuditEntry.at >= since)
    return {str(told): count for told, count in tx.execute(counted.group_by(day))}


def people_per_day(tx: Transaction, action: str, since: datetime) -> dict[str, int]:
    """How many people did `action` on each day."""
    day = func.date(AuditEntry.at)
    counted = select(day, func.count(AuditEntry.actor.distinct()))
    counted = counted.where(AuditEntry.action == action, AuditEntry.at >= since)
    return {str(told): count for told, count in tx.execute(counted.group_by(day))}

"""Write the audit."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Transaction

from backend.audit.models import AuditEntry
from servicekit.ids import new_id, now

SIGNED_IN = "sign_in.succeeded"
SIGN_IN_REFUSED = "sign_in.refused"
SIGNED_OUT = "sign_out"
SESSION_ENDED = "session.ended"
SIGNED_OUT_EVERYWHERE = "sign_out.everywhere"
TOKEN_MADE = "token.made"  # noqa: S105
TOKEN_REVOKED = "token.revoked"  # noqa: S105
STATUS_CHANGED = "user.status_changed"
ROLE_GIVEN = "user.role_given"
KEYS_ROTATED = "keys.rotated"


@dataclass(frozen=True)
class Origin:
    """From where somebody acts: the client's address, and the id of the request."""

    address: str | None = None
    request_id: str | None = None


def record(
    tx: Transaction,
    action: str,
    origin: Origin,
    *,
    actor: str | None = None,
    target: str | None = None,
    **detail: str | bool | None,
) -> None:
    """Add one entry to the transaction in which it happens. `actor` and `target` are user ids."""
    tx.add(
        AuditEntry(
            id=new_id(),
            at=now(),
            action=action,
            actor=actor,
            target=target,
            address=origin.address,
            request_id=origin.request_id,
            detail=detail,
        )
    )


def about(tx: Transaction, user_id: str, before: str | None, most: int) -> list[AuditEntry]:
    """What a person did and what was done to them, newest first, older than the entry `before`."""
    theirs = select(AuditEntry).where(or_(AuditEntry.actor == user_id, AuditEntry.target == user_id))
    older = theirs.where(AuditEntry.id < before) if before else theirs
    return list(tx.scalars(older.order_by(AuditEntry.id.desc()).limit(most)))

"""Invite, accept, withdraw."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.invitations.models import Invitation
from backend.people import service as people
from backend.people.actor import Actor
from backend.people.administration import POWERFUL, permissions_of_roles
from backend.people.models import PENDING, Role, User
from backend.vault import fingerprint
from servicekit.database import changed_one
from servicekit.ids import new_id, now
from servicekit.problems import Forbidden, NotFound

OPERATOR = "operator"
"""Who invited, when it was done at the command line."""


def invite(
    tx: Transaction, actor: Actor, email: str, role: str, life: timedelta, origin: audit.Origin
) -> tuple[Invitation, str]:
    """A new invitation, and the code of its link, which is kept nowhere."""
    given = permissions_of_roles(tx, [role])
    actor.must_hold(given)
    if POWERFUL in given:
        actor.must_be_fresh(tx)
    code, moment = secrets.token_urlsafe(32), now()
    made = Invitation(
        id=new_id(),
        code_hash=fingerprint(code),
        email=email.lower(),
        role=role,
        invited_by=actor.id or OPERATOR,
        created_at=moment,
        expires_at=moment + life,
    )
    tx.add(made)
    audit.record(tx, audit.INVITED, origin, actor=actor.id, invitation=made.id, role=role)
    return made, code


def link(public_url: str, code: str) -> str:
    """What the person is given."""
    return f"{public_url}/app/invitations/{code}"


def accept(tx: Transaction, user: User, code: str, origin: audit.Origin) -> None:
    """Let this person in with the role of the invitation; it is used up."""
    moment = now()
    open_still = (
        Invitation.code_hash == fingerprint(code),
        Invitation.expires_at > moment,
        Invitation.accepted_at.is_(None),
    )
    found = tx.scalar(select(Invitation).where(*open_still))
    if found is None or not _still_holds(tx, found):
        raise NotFound("This invitation was used, withdrawn, or is too old. Ask for a new one.")
    if user.email != found.email or not user.email_verified:
        raise Forbidden(
            "This invitation is for another e-mail address, or yours is not confirmed. "
            "Sign in with the address that was invited."
        )
    used = update(Invitation).where(*open_still).values(accepted_at=moment, accepted_by=user.id)
    if not changed_one(tx, used):
        raise NotFound("This invitation was used a moment ago.")
    host = None if found.invited_by == OPERATOR else found.invited_by
    people.give_role(tx, user, found.role, origin, host)
    if user.status == PENDING:
        people.approve(tx, user, origin, host)
    audit.record(tx, audit.INVITATION_ACCEPTED, origin, actor=user.id, target=user.id, invitation=found.id)


def _still_holds(tx: Transaction, found: Invitation) -> bool:
    """Whether who invited could still give this, and it still exists."""
    host = tx.get(User, found.invited_by)
    if tx.get(Role, found.role) is None:
        return False
    if found.invited_by == OPERATOR:
        return True
    given = permissions_of_roles(tx, [found.role])
    return host is not None and given | {POWERFUL} <= set(people.permissions_of(tx, host))


def of_all(tx: Transaction, before: str | None, most: int) -> list[Invitation]:
    """Invitations, the newest first, older than `before`."""
    query = select(Invitation).order_by(Invitation.id.desc()).limit(most)
    return list(tx.scalars(query.where(Invitation.id < before) if before else query))


def withdraw(tx: Transaction, actor: Actor, invitation_id: str, origin: audit.Origin) -> None:
    """End an invitation; nobody can accept it any more."""
    if tx.get(Invitation, invitation_id) is None:
        raise NotFound
    tx.execute(delete(Invitation).where(Invitation.id == invitation_id))
    audit.record(tx, audit.INVITATION_WITHDRAWN, origin, actor=actor.id, invitation=invitation_id)

"""Delete an account: begun by its person, told to the services, which report, and finished once.

The state of each part is changed by who has locked the deletion's row: by the one process that holds the lease, and by
the consumer of the reports.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.deletion import progress
from backend.deletion.models import Deletion, Part
from backend.deletion.progress import erased, late, missing, round_from
from backend.invitations.models import Invitation
from backend.people import administration
from backend.people import service as people
from backend.people.models import DELETING, User
from backend.revocations import service as revocations
from servicekit.ids import new_id, now

LEASE = timedelta(seconds=60)
"""Longer than any one step takes; a process that died is followed by another after it."""
FIRST_PAUSE, LONGEST_PAUSE = 2, 3600  # seconds between two tries


@dataclass(frozen=True)
class Claim:
    """The right to work on one deletion until the lease is over, and what is to be erased now."""

    user_id: str
    lease: str
    missing: frozenset[str]


def begin(
    tx: Transaction, user_id: str, session_id: str, names: Collection[str], origin: audit.Origin
) -> None:
    """From now on the person may only see how far it is; no other way in is left. 409 to the last administrator."""
    user = people.locked(tx, user_id)
    if user.status == DELETING:
        return
    administered = administration.administers(tx, user)
    user.status, moment = DELETING, now()
    if administered:
        administration.keep_an_administrator(tx)
    people.end_credentials(tx, user_id, but=session_id)
    revocations.of_person(tx, user_id)
    tx.add(
        Deletion(user_id=user_id, begun_at=moment, parts=dict.fromkeys(sorted(names), Part()), due_at=moment)
    )
    audit.record(tx, audit.DELETION_BEGUN, origin, actor=user_id, target=user_id)
    events.user_deleted(tx, user_id)


def shown(tx: Transaction, user_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """How far the deletions are that are under way of these people, by id."""
    found = tx.scalars(select(Deletion).where(Deletion.user_id.in_(user_ids)))
    return {deletion.user_id: progress.shown(deletion) for deletion in found}


def due(tx: Transaction) -> str | None:
    """Whose deletion can be worked on now."""
    return tx.scalar(select(Deletion.user_id).where(*_free()).order_by(Deletion.due_at).limit(1))


def claim(tx: Transaction, user_id: str, names: Collection[str]) -> Claim | None:
    """Take the lease; None if somebody else was faster. A part that is new since the deletion began is in it, too."""
    found = tx.scalar(_locking(user_id).where(*_free()))
    if found is None:
        return None
    found.parts = dict.fromkeys(sorted(names), Part()) | found.parts
    found.lease, found.leased_until = new_id(), now() + LEASE
    return Claim(user_id, found.lease, missing(found) if round_from(found) <= now() else frozenset())


def note(tx: Transaction, held: Claim, name: str, told_at: datetime, problem: str | None) -> bool:
    """A part of the backend's own was erased, or why it was not; the lease goes on. False when it was lost."""
    found = _held(tx, held)
    if found is None:
        return False
    before = found.parts.get(name, Part())
    after = Part(before.erased_at, before.told_at, problem) if problem else erased(before, told_at)
    found.parts = found.parts | {name: after}
    found.leased_until = now() + LEASE
    return True


def keep(tx: Transaction, held: Claim) -> bool:
    """The lease goes on; False when it was lost."""
    found = _held(tx, held)
    if found is not None:
        found.leased_until = now() + LEASE
    return found is not None


def reported(tx: Transaction, name: str, user_id: str, told_at: datetime) -> None:
    """A service has nothing left of the person, and says which telling that answers."""
    found = tx.scalar(_locking(user_id))
    if found is not None and name in found.parts:
        found.parts = found.parts | {name: erased(found.parts[name], told_at)}
        if not missing(found) or round_from(found) > now():
            found.due_at, found.tries = max(now(), round_from(found)), 0


def finish(tx: Transaction, held: Claim) -> bool:
    """If nothing is missing any more, the account itself: its row, and with it sessions, roles and the deletion. Only
    ids stay, in the audit.
    """
    found = _held(tx, held)
    if found is None or missing(found):
        return False
    tx.delete(found)
    _forget_invitations(tx, held.user_id)
    revocations.of_person(tx, held.user_id, revocations.DELETED)
    tx.flush()
    tx.execute(delete(User).where(User.id == held.user_id))
    audit.record(tx, audit.ACCOUNT_DELETED, audit.Origin("platform"), target=held.user_id)
    return True


def put_down(tx: Transaction, held: Claim, services: frozenset[str]) -> frozenset[str]:
    """Until it is due again: when the second round begins, or soon, if something is missing. A service that has not
    reported is told once more. Returns those that are late.
    """
    found = _held(tx, held)
    if found is None:
        return frozenset()
    found.lease = found.leased_until = None
    if round_from(found) > now():
        found.due_at, found.tries = round_from(found), 0
        return frozenset()
    found.tries += 1
    found.due_at = now() + pause_after(found.tries)
    silent = missing(found) & services
    if silent:
        events.user_deleted(tx, held.user_id)
    return silent & late(found)


def pause_after(tries: int) -> timedelta:
    """Longer each time, so that a service that is down for long is not told ever more often."""
    return timedelta(seconds=min(FIRST_PAUSE * 2 ** min(tries, 20), LONGEST_PAUSE))


def _forget_invitations(tx: Transaction, user_id: str) -> None:
    """Those that they accepted or that are for their address hold it; those that they made are void without them."""
    user = tx.get_one(User, user_id)
    concern = [Invitation.invited_by == user_id, Invitation.accepted_by == user_id]
    if user.email and user.email_verified:
        concern.append(Invitation.email == user.email)
    tx.execute(delete(Invitation).where(or_(*concern)))


def _free() -> list[ColumnElement[bool]]:
    moment = now()
    return [
        Deletion.due_at <= moment,
        or_(Deletion.leased_until.is_(None), Deletion.leased_until <= moment),
    ]


def _locking(user_id: str) -> Select[Deletion]:
    """The row as it is now, and nobody else's until the end of the transaction."""
    mine = select(Deletion).where(Deletion.user_id == user_id).with_for_update()
    return mine.execution_options(populate_existing=True)


def _held(tx: Transaction, held: Claim) -> Deletion | None:
    return tx.scalar(_locking(held.user_id).where(Deletion.lease == held.lease))

"""Delete an account: begun by its person, worked on by whoever has the lease, finished once.

Everything is erased at once, and once more when the last identity token has run out: what a request that was let in
before still wrote is erased then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.deletion.models import Deletion, PartState
from backend.door.service import LIFE
from backend.invitations.models import Invitation
from backend.people import administration
from backend.people import service as people
from backend.people.models import DELETING, User
from backend.revocations import service as revocations
from servicekit.database import changed_one
from servicekit.identity import LEEWAY
from servicekit.ids import new_id, now

SETTLED = timedelta(seconds=LIFE + LEEWAY + 30)
"""After this no request of the person is at work any more: a token's life, and the longest answer."""
LEASE = timedelta(seconds=60)
"""Longer than any one step takes; a process that died is followed by another after it."""
ACCOUNT = "account"
FIRST_PAUSE, LONGEST_PAUSE = 2, 300  # seconds between two tries


@dataclass(frozen=True)
class Claim:
    """The right to work on one deletion until the lease is over."""

    user_id: str
    lease: str
    begun_at: datetime
    parts: dict[str, PartState]
    tries: int

    def is_final(self, name: str) -> bool:
        """Whether nothing can have come back since it was erased."""
        erased_at = self.parts.get(name, NEW)["erased_at"]
        return erased_at is not None and datetime.fromisoformat(erased_at) >= self.begun_at + SETTLED


NEW: PartState = {"erased_at": None, "problem": None}


def begin(tx: Transaction, user_id: str, session_id: str, names: Iterable[str], origin: audit.Origin) -> None:
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
    tx.add(Deletion(user_id=user_id, begun_at=moment, parts=dict.fromkeys(sorted(names), NEW), due_at=moment))
    audit.record(tx, audit.DELETION_BEGUN, origin, actor=user_id, target=user_id)


def shown(tx: Transaction, user_id: str) -> dict[str, Any] | None:
    """How far it is, for its person."""
    found = tx.get(Deletion, user_id)
    if found is None:
        return None
    parts = [{"name": name, "state": _told(state)} for name, state in sorted(found.parts.items())]
    parts.append({"name": ACCOUNT, "state": "waiting"})
    return {"begun_at": found.begun_at, "done_after": found.begun_at + SETTLED, "parts": parts}


def _told(state: PartState) -> str:
    if state["problem"]:
        return "delayed"
    return "erased" if state["erased_at"] else "waiting"


def due(tx: Transaction) -> str | None:
    """Whose deletion can be worked on now."""
    return tx.scalar(select(Deletion.user_id).where(*_free()).order_by(Deletion.due_at).limit(1))


def claim(tx: Transaction, user_id: str) -> Claim | None:
    """Take the lease; None if somebody else was faster."""
    lease = new_id()
    taken = update(Deletion).where(Deletion.user_id == user_id, *_free())
    if not changed_one(tx, taken.values(lease=lease, leased_until=now() + LEASE)):
        return None
    found = tx.get_one(Deletion, user_id, populate_existing=True)
    return Claim(user_id, lease, found.begun_at, dict(found.parts), found.tries)


def note(tx: Transaction, held: Claim, name: str, problem: str | None) -> bool:
    """A part was erased, or why it was not; the lease goes on. False when the lease was lost."""
    erased_at = held.parts.get(name, NEW)["erased_at"] if problem else now().isoformat()
    held.parts[name] = {"erased_at": erased_at, "problem": problem}
    return changed_one(tx, _held(held).values(parts=held.parts, leased_until=now() + LEASE))


def keep(tx: Transaction, held: Claim) -> bool:
    """The lease goes on; False when it was lost."""
    return changed_one(tx, _held(held).values(leased_until=now() + LEASE))


def rest(tx: Transaction, held: Claim) -> None:
    """Put it down until it is due again: what failed soon, and what is erased once more in the end."""
    failed = any(state["problem"] for state in held.parts.values())
    tries = held.tries + 1 if failed else 0
    due_at = now() + pause_after(tries) if failed else held.begun_at + SETTLED
    changed_one(tx, _held(held).values(tries=tries, due_at=due_at, lease=None, leased_until=None))


def pause_after(tries: int) -> timedelta:
    """Longer each time, so that a service that is down for long is not asked for ever more often."""
    return timedelta(seconds=min(FIRST_PAUSE * 2 ** min(tries, 10), LONGEST_PAUSE))


def finish(tx: Transaction, held: Claim) -> bool:
    """The account itself: its row, and with it sessions, roles and the deletion. Only ids stay, in the audit."""
    mine = Deletion.user_id == held.user_id, Deletion.lease == held.lease
    if not changed_one(tx, delete(Deletion).where(*mine)):
        return False
    _forget_invitations(tx, held.user_id)
    revocations.of_person(tx, held.user_id, revocations.DELETED)
    tx.execute(delete(User).where(User.id == held.user_id))
    audit.record(tx, audit.ACCOUNT_DELETED, audit.Origin("platform"), target=held.user_id)
    events.user_deleted(tx, held.user_id)
    return True


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


def _held(held: Claim) -> Any:
    return update(Deletion).where(Deletion.user_id == held.user_id, Deletion.lease == held.lease)

"""Somebody leaves: the backend, a service that keeps notes of people, and who carries what they tell each other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as Transaction

from backend.audit.models import AuditEntry
from backend.context import Backend
from backend.deletion import worker
from backend.deletion.models import Deletion, Part
from backend.deletion.progress import SETTLED
from backend.people.models import ACTIVE, User
from backend.sessions.models import BrowserSession
from backend.tests.conftest import Person, at_the_door, enter
from backend.tokens.models import AccessToken
from servicekit import people
from servicekit.events import MORE, Event, schemas
from servicekit.events.tables import OUTBOX
from servicekit.ids import now
from servicekit.people import DELETED

ACCOUNT, REPORT = "/api/account", "documents.person_erased.v1"


@dataclass
class Notes:
    """A service that hears who has left; here it keeps notes, and answers under the name `documents`.

    Its outbox is the backend's, and so is its database: what matters is what each side tells, and in which order.
    """

    own: Backend
    kept: dict[str, list[str]] = field(default_factory=dict)
    away: bool = False
    carried: int = 0

    def carry(self) -> list[str]:
        """What has been told since reaches whom it is for, unless they are away; the types, in order."""
        handlers = people.erasing(REPORT, self._erase)
        went = list[str]()
        while event := self._next():
            went.append(event.type)
            with self.own.database.write() as tx:
                if event.type == REPORT:
                    worker.hear(tx, event)
                elif not self.away:
                    while handlers[DELETED](tx, event) is MORE:
                        pass
        return went

    def _next(self) -> Event | None:
        mine = OUTBOX.c.type.in_([DELETED, REPORT]), OUTBOX.c.number > self.carried
        with self.own.database.read() as tx:
            row = tx.execute(select(OUTBOX).where(*mine).order_by(OUTBOX.c.number).limit(1)).first()
        if row is None:
            return None
        self.carried = row.number
        return schemas.read(row.body.encode())

    def _erase(self, _tx: Transaction, person: str) -> bool:
        """One note at a time."""
        left = self.kept.get(person, [])
        if left:
            left.pop()
        return not left


def member(own: Backend, role: str | None = "member", status: str = ACTIVE) -> Person:
    with own.database.write() as tx:
        return enter(tx, own, role=role, status=status)


def leave(desk: FlaskClient, somebody: Person) -> Any:
    return desk.delete(ACCOUNT, headers=at_the_door(desk, somebody))


def account(desk: FlaskClient, somebody: Person) -> Any:
    return desk.get(ACCOUNT, headers=at_the_door(desk, somebody)).get_json()


def state(desk: FlaskClient, somebody: Person) -> dict[str, str]:
    return {part["name"]: part["state"] for part in account(desk, somebody)["deletion"]["parts"]}


def later(own: Backend, by: timedelta = SETTLED) -> None:
    """So much time goes by for the deletions under way, and those who worked on them have died."""
    with own.database.write() as tx:
        for found in tx.scalars(select(Deletion)):
            found.parts = {name: _older(part, by) for name, part in found.parts.items()}
            found.begun_at, found.due_at = found.begun_at - by, now()
            found.lease = found.leased_until = None


def _older(part: Part, by: timedelta) -> Part:
    def before(moment: datetime | None) -> datetime | None:
        return moment - by if moment else None

    return Part(before(part.erased_at), before(part.told_at), part.problem)


def due_in(own: Backend, somebody: Person) -> float:
    """Seconds until it is worked on again."""
    with own.database.read() as tx:
        return (tx.get_one(Deletion, somebody.id).due_at - now()).total_seconds()


def lease_is_over(own: Backend) -> None:
    with own.database.write() as tx:
        tx.execute(update(Deletion).values(leased_until=now() - timedelta(seconds=1)))


def is_gone(own: Backend, somebody: Person) -> bool:
    with own.database.read() as tx:
        left = [
            tx.scalar(select(func.count()).where(table.user_id == somebody.id))
            for table in (BrowserSession, AccessToken, Deletion)
        ]
        return tx.get(User, somebody.id) is None and not any(left)


def audited(own: Backend, somebody: Person) -> list[str]:
    with own.database.read() as tx:
        mine = select(AuditEntry.action).where(AuditEntry.target == somebody.id).order_by(AuditEntry.id)
        return [action for action in tx.scalars(mine) if action.startswith("account.")]

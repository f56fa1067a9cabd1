"""Who has deleted their account is erased a part at a time; the report is told when nothing is left."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from servicekit import people
from servicekit.events import Event, schemas
from servicekit.events.tables import OUTBOX
from servicekit.ids import new_id, now
from servicekit.people import DELETED
from servicekit.tests.events.conftest import EFFECTS, House
from tests.support.waiting import until

REPORT = "documents.person_erased.v1"
AT_ONCE = 2


def erase_some(tx: Session, person: str) -> bool:
    """A few of them."""
    theirs = select(EFFECTS.c.number).where(EFFECTS.c.subject == person).limit(AT_ONCE)
    found = tx.scalars(theirs).all()
    tx.execute(delete(EFFECTS).where(EFFECTS.c.number.in_(found)))
    return len(found) < AT_ONCE


@pytest.fixture
def erasing(house: House) -> House:
    house.handler = people.erasing(REPORT, erase_some)[DELETED]
    return house


def keep(house: House, person: str, count: int) -> None:
    with house.database.write() as tx:
        tx.execute(EFFECTS.insert(), [{"subject": person}] * count)


def left(house: House, person: str) -> int:
    with house.database.read() as tx:
        return tx.scalar(select(func.count()).where(EFFECTS.c.subject == person)) or 0


def reports(house: House) -> list[Event]:
    with house.database.read() as tx:
        bodies = tx.scalars(select(OUTBOX.c.body).where(OUTBOX.c.type == REPORT).order_by(OUTBOX.c.number))
        return [schemas.read(body.encode()) for body in bodies]


def test_all_of_the_person_and_nothing_of_anybody_else(erasing: House) -> None:
    ana, bea = new_id(), new_id()
    keep(erasing, ana, 5)
    keep(erasing, bea, 3)
    (told,) = erasing.tell(subject=ana)
    with erasing.working():
        until(lambda: len(reports(erasing)) == 1)
    (report,) = reports(erasing)
    assert (left(erasing, ana), left(erasing, bea)) == (0, 3)
    assert (report.subject, dict(report.data)) == (ana, {"told_at": told.envelope()["time"]})


def test_who_had_nothing_is_reported_and_each_telling_is_answered(erasing: House) -> None:
    ana = new_id()
    told = erasing.tell(count=3, subject=ana)
    with erasing.working():
        until(lambda: len(reports(erasing)) == 3)
    answered = [report.data["told_at"] for report in reports(erasing)]
    assert answered == [event.envelope()["time"] for event in told]


def test_what_fails_half_way_reports_nothing(erasing: House) -> None:
    ana, failures = new_id(), [ZeroDivisionError, ZeroDivisionError]
    keep(erasing, ana, 5)

    def fails_in_the_end(tx: Session, person: str) -> bool:
        done = erase_some(tx, person)
        if done and failures:
            raise failures.pop()
        return done

    erasing.handler = people.erasing(REPORT, fails_in_the_end)[DELETED]
    began = now()
    erasing.tell(subject=ana)
    with erasing.working():
        until(lambda: reports(erasing) != [])
    assert failures == []
    assert left(erasing, ana) == 0
    assert len(reports(erasing)) == 1
    assert now() - began > timedelta(seconds=1)  # the transactions that failed left no report behind

"""The audit is kept as long as was said: the database itself lets nothing younger go, on either engine."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from backend.audit import retention
from backend.audit import service as audit
from backend.audit.models import AuditEntry, AuditRetention
from backend.context import Backend
from backend.housekeeping import CHORES
from backend.tests.conftest import HERE
from servicekit.ids import new_id, now

AGES = (1, 29, 40, 100, 400)  # days


@pytest.fixture
def aged(fresh: Backend) -> Backend:
    """An audit with an entry of each age."""
    with fresh.database.write() as tx:
        for age in AGES:
            at = now() - timedelta(days=age)
            tx.add(AuditEntry(id=new_id(), at=at, action="sign_out", target=str(age), detail={}))
    return fresh


def left(parts: Backend) -> list[int]:
    with parts.database.read() as tx:
        targets = tx.scalars(select(AuditEntry.target).where(AuditEntry.action == "sign_out"))
        return sorted(int(target) for target in targets if target)


def told(parts: Backend) -> list[tuple[str, object]]:
    with parts.database.read() as tx:
        rows = tx.scalars(
            select(AuditEntry).where(AuditEntry.action.startswith("audit.")).order_by(AuditEntry.id)
        )
        return [(row.action, row.detail.get("entries", row.detail.get("after"))) for row in rows]


def record(parts: Backend, days: int | None) -> None:
    """As somebody would who has the database in hand."""
    with parts.database.write() as tx:
        tx.execute(update(AuditRetention).values(days=days))


def remove(parts: Backend, age: int) -> None:
    with parts.database.write() as tx:
        tx.execute(delete(AuditEntry).where(AuditEntry.target == str(age)))


def test_it_is_kept_for_ever_unless_something_else_is_said(aged: Backend) -> None:
    assert retention.prune(aged.database, None, HERE) == 0
    with pytest.raises(DBAPIError, match="append-only"):
        remove(aged, 400)
    assert left(aged) == list(AGES)


def test_what_is_older_goes_and_that_is_told(aged: Backend) -> None:
    assert retention.prune(aged.database, 90, HERE) == 2
    assert left(aged) == [1, 29, 40]
    assert told(aged) == [("audit.retention_changed", 90), ("audit.pruned", 2)]
    assert retention.prune(aged.database, 90, HERE) == 0
    assert len(told(aged)) == 2


@pytest.mark.parametrize("days", [0, 1, 29, -1, None])
def test_nothing_younger_than_thirty_days_goes_whatever_is_recorded(aged: Backend, days: int | None) -> None:
    record(aged, days)
    for age in AGES:
        with pytest.raises(DBAPIError, match="append-only"):
            remove(aged, age)
    record(aged, 30)
    with pytest.raises(DBAPIError, match="append-only"):
        remove(aged, 29)
    remove(aged, 40)
    assert left(aged) == [1, 29, 100, 400]


def test_what_is_recorded_counts_and_not_what_is_asked(aged: Backend) -> None:
    record(aged, 90)
    with pytest.raises(DBAPIError, match="append-only"):
        remove(aged, 40)
    with pytest.raises(DBAPIError, match="append-only"), aged.database.write() as tx:
        tx.execute(update(AuditEntry).where(AuditEntry.target == "1").values(at=now() - timedelta(days=500)))


def test_thousands_go_in_batches(aged: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    assert retention.prune(aged.database, 30, HERE) == 3
    assert left(aged) == [1, 29]


def test_once_a_day_by_whoever_comes_first(aged: Backend) -> None:
    retention.prune_daily(aged.database, 90)
    assert left(aged) == [1, 29, 40]
    with aged.database.write() as tx:
        audit.record(tx, "sign_out", HERE, target="0")
        tx.add(
            AuditEntry(id=new_id(), at=now() - timedelta(days=99), action="sign_out", target="99", detail={})
        )
    retention.prune_daily(aged.database, 90)
    assert 99 in left(aged)
    with aged.database.write() as tx:
        tx.execute(update(AuditRetention).values(pruned_at=now() - timedelta(days=1, minutes=1)))
    retention.prune_daily(aged.database, 90)
    assert 99 not in left(aged)
    retention.prune_daily(aged.database, None)
    retention.prune_daily(aged.database, None)
    assert [entry for entry in told(aged) if entry[0] == "audit.retention_changed"] == [
        ("audit.retention_changed", 90),
        ("audit.retention_changed", None),
    ]


def test_the_backend_does_it_by_itself(aged: Backend) -> None:
    settings = aged.settings.model_copy(update={"audit_retention": 30})
    for chore in CHORES:
        chore(Backend(**{**vars(aged), "settings": settings}))
    assert left(aged) == [1, 29]

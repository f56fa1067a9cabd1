"""How long the audit is kept. The database lets an entry go only when it is older than what is recorded there.

That is never less than `LEAST`, whatever is recorded; and every change of it, and every removal, is an entry itself.
"""

from datetime import timedelta

import structlog
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.audit.models import AuditEntry, AuditRetention
from servicekit.database import Database, changed_one
from servicekit.ids import now

log = structlog.get_logger()

LEAST = 30  # days; the triggers say the same
SKEW = timedelta(hours=1)  # the database's triggers go by their own clock
ROW = 1
BATCH = 500
EVERY = timedelta(days=1)
PLATFORM = audit.Origin("platform")


def prune(database: Database, days: int | None, origin: audit.Origin) -> int:
    """Remove what is older; how many entries that were. A few at a time: others write meanwhile."""
    with database.write() as tx:
        _record(tx, days, origin)
    if days is None:
        return 0
    before, removed = now() - timedelta(days=days) - SKEW, 0
    while True:
        with database.write() as tx:
            found = _some(tx, before)
            tx.execute(delete(AuditEntry).where(AuditEntry.id.in_(found)))
        removed += len(found)
        if len(found) < BATCH:
            break
    if removed:
        with database.write() as tx:
            audit.record(tx, audit.AUDIT_PRUNED, origin, entries=removed, before=before.isoformat())
    return removed


def prune_daily(database: Database, days: int | None) -> None:
    """Once a day, whichever process looks first."""
    with database.read() as tx:
        kept = tx.get(AuditRetention, ROW)
    if kept is not None and kept.days == days and (days is None or _was_pruned(kept)):
        return
    with database.write() as tx:
        _record(tx, days, PLATFORM)
        ours = _take(tx)
    if ours and (removed := prune(database, days, PLATFORM)):
        log.info("audit pruned", entries=removed)


def _was_pruned(kept: AuditRetention) -> bool:
    return kept.pruned_at is not None and kept.pruned_at > now() - EVERY


def _take(tx: Transaction) -> bool:
    """Whether it is this process that does it today."""
    row = update(AuditRetention).where(AuditRetention.id == ROW)
    due = or_(AuditRetention.pruned_at.is_(None), AuditRetention.pruned_at <= now() - EVERY)
    return changed_one(tx, row.where(due).values(pruned_at=now()))


def _record(tx: Transaction, days: int | None, origin: audit.Origin) -> None:
    """What holds from now on, for the triggers to read."""
    kept = tx.get(AuditRetention, ROW, with_for_update=True)
    if kept is None or kept.days == days:
        return
    audit.record(tx, audit.RETENTION_CHANGED, origin, before=kept.days, after=days)
    kept.days, kept.pruned_at = days, None
    tx.flush()


def _some(tx: Transaction, before: object) -> list[str]:
    oldest = select(AuditEntry.id).where(AuditEntry.at < before).order_by(AuditEntry.at).limit(BATCH)
    return list(tx.scalars(oldest))

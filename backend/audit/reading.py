"""The audit as people read it: with names, as CSV, counted by day."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.people.models import ACTIVE, PENDING, SUSPENDED, User
from servicekit.database import Database
from servicekit.ids import now
from servicekit.spreadsheets import line

COLUMNS = ("id", "at", "action", "actor", "target", "address", "request_id", "detail")
CHUNK = 500


def with_names(tx: Transaction, entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """The entries, with whom they speak of as they are called today."""
    entries = list(entries)
    ids = {told for entry in entries for told in (entry.actor, entry.target) if told}
    known = {user.id: user for user in tx.scalars(select(User).where(User.id.in_(ids)))}

    def somebody(user_id: str | None) -> dict[str, Any] | None:
        if user_id is None:
            return None
        user = known.get(user_id)
        return {"id": user_id, "name": user and user.name, "email": user and user.email}

    told = [{name: getattr(entry, name) for name in COLUMNS} for entry in entries]
    return [row | {"actor": somebody(row["actor"]), "target": somebody(row["target"])} for row in told]


def as_history(entry: AuditEntry, me: str) -> dict[str, Any]:
    """An entry as who it is about may see it: where somebody else acted from is theirs."""
    address = entry.address if entry.actor in {None, me} else None
    told = {name: getattr(entry, name) for name in ("id", "at", "action", "detail")}
    return told | {"by_me": entry.actor == me, "to_me": entry.target == me, "address": address}


def as_csv(database: Database, wanted: audit.Wanted) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the newest first, read a few hundred at a time."""
    yield line(COLUMNS)
    before: str | None = None
    while True:
        with database.read() as tx:
            found = audit.search(tx, wanted, before, CHUNK)
        yield "".join(line(_cells(entry)) for entry in found)
        if len(found) < CHUNK:
            return
        before = found[-1].id


def _cells(entry: AuditEntry) -> list[str]:
    told = {name: getattr(entry, name) for name in COLUMNS}
    told |= {"at": entry.at.isoformat(), "detail": json.dumps(entry.detail, sort_keys=True)}
    return [str(told[name] or "") for name in COLUMNS]


def overview(tx: Transaction, days: int) -> dict[str, Any]:
    """How many people there are, and what happened on each of the last days (UTC), today included."""
    counted = select(User.status, func.count()).group_by(User.status)
    by_status = dict(tx.execute(counted).all())
    first = now().date() - timedelta(days=days - 1)
    since = datetime.combine(first, time(), UTC)
    sign_ins, refusals = (
        audit.per_day(tx, audit.SIGNED_IN, since),
        audit.per_day(tx, audit.SIGN_IN_REFUSED, since),
    )
    people = audit.people_per_day(tx, audit.SIGNED_IN, since)

    def of(day: date) -> dict[str, Any]:
        told = day.isoformat()
        return {
            "day": day,
            "sign_ins": sign_ins.get(told, 0),
            "people": people.get(told, 0),
            "refusals": refusals.get(told, 0),
        }

    return {name: by_status.get(name, 0) for name in (ACTIVE, PENDING, SUSPENDED)} | {
        "days": [of(first + timedelta(days=n)) for n in range(days)]
    }

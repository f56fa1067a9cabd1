"""What was used: by oneself, or by everybody."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from ai.budgets import cursors, periods, service
from ai.budgets.limits import Allowance, Limit
from ai.budgets.models import Use
from ai.budgets.schemas import UseQuery
from ai.budgets.service import Spent

SHOWN = timedelta(days=30)


def both(tx: Session, allowance: Allowance, moment: datetime) -> dict[str, Any]:
    """Both budgets."""
    found = zip(allowance.both, service.spent(tx, allowance.keys), strict=True)
    first, second = (_period(limit, spent, moment) for limit, spent in found)
    return {"day": first, "month": second}


def _period(limit: Limit, spent: Spent, moment: datetime) -> dict[str, Any]:
    left = max(0, limit.tokens - spent.taken)
    told = {"limit": limit.tokens, "used": spent.used, "reserved": spent.held, "left": left}
    return told | {"ends_at": periods.ends(limit.period, moment)}


def own(tx: Session, allowance: Allowance, moment: datetime) -> dict[str, Any]:
    """Both budgets, and the days behind them."""
    since = periods.day(moment - SHOWN)
    mine = _used().where(Use.subject == allowance.used_by, Use.day >= since)
    rows = tx.scalars(mine.order_by(Use.day.desc(), Use.model))
    return {**both(tx, allowance, moment), "items": list(rows)}


def everybodys(tx: Session, query: UseQuery, moment: datetime) -> dict[str, Any]:
    found = _used().where(Use.day >= (query.since or periods.day(moment - SHOWN)))
    if query.until:
        found = found.where(Use.day <= query.until)
    if query.person:
        found = found.where(Use.subject == query.person)
    if query.model:
        found = found.where(Use.model == query.model)
    if query.cursor:
        day, subject, model = cursors.read(query.cursor, str, str, str)
        found = found.where(
            (Use.day < day) | ((Use.day == day) & (tuple_(Use.subject, Use.model) > (subject, model)))
        )
    rows = list(tx.scalars(found.order_by(Use.day.desc(), Use.subject, Use.model).limit(query.limit + 1)))
    page = rows[: query.limit]
    last = page[-1] if len(rows) > query.limit else None
    following = last and cursors.told(last.day, last.subject, last.model)
    return {"items": [_told(use) for use in page], "next": following}


def _used() -> Select[Use]:
    return select(Use).where(Use.requests > 0)


def _told(use: Use) -> dict[str, Any]:
    names = ("day", "model", "requests", "prompt_tokens", "completion_tokens")
    return {"person": use.subject} | {name: getattr(use, name) for name in names}

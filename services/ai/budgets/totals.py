"""What was used, added up for administrators: by day, by model and by person, the largest users first."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ai.budgets import cursors, periods
from ai.budgets.limits import VISITORS
from ai.budgets.models import Use

NUMBERS = ("requests", "prompt_tokens", "completion_tokens")
SUMS = [func.sum(getattr(Use, name)).label(name) for name in NUMBERS]
TOKENS = func.sum(Use.prompt_tokens + Use.completion_tokens)
NOTHING = dict.fromkeys((*NUMBERS, "people"), 0)


def overview(tx: Session, days: int, person: str | None, moment: datetime) -> dict[str, Any]:
    """Each of the days, also those without any use; the models; and how many people there were."""
    asked = [*_since(days, moment), *([Use.subject == person] if person else [])]
    by_day = select(Use.day, *SUMS, _people().label("people")).where(*asked).group_by(Use.day)
    found = {row.day: row._asdict() for row in tx.execute(by_day)}
    by_model = select(Use.model, *SUMS).where(*asked).group_by(Use.model).order_by(TOKENS.desc(), Use.model)
    named = [periods.day(moment - timedelta(days=ago)) for ago in reversed(range(days))]
    return {
        "days": [found.get(day, {"day": day, **NOTHING}) for day in named],
        "models": [row._asdict() for row in tx.execute(by_model)],
        "people": tx.scalar(select(_people()).where(*asked)) or 0,
    }


def people(
    tx: Session, days: int, only: Collection[str], limit: int, cursor: str | None, moment: datetime
) -> dict[str, Any]:
    """A page of who used something; with `only`, of these."""
    asked = [*_since(days, moment), *([Use.subject.in_(only)] if only else [])]
    rows = list(tx.execute(_by_person(asked, cursor).limit(limit + 1)))
    page = [row._asdict() for row in rows[:limit]]
    last = page[-1] if len(rows) > limit else None
    following = last and cursors.told(int(last["tokens"]), last["person"])
    return {"items": page, "next": following}


def _by_person(asked: list[ColumnElement[bool]], cursor: str | None) -> Select[Any]:
    person = Use.subject.label("person")
    sums = (*SUMS, TOKENS.label("tokens"), func.max(Use.day).label("last_day"))
    found = select(person, *sums).where(*asked).group_by(Use.subject)
    if cursor:
        tokens, last = cursors.read(cursor, int, str)
        found = found.having(or_(tokens > TOKENS, and_(tokens == TOKENS, Use.subject > last)))
    return found.order_by(TOKENS.desc(), Use.subject)


def _since(days: int, moment: datetime) -> list[ColumnElement[bool]]:
    return [Use.requests > 0, Use.day >= periods.day(moment - timedelta(days=days - 1))]


def _people() -> ColumnElement[int]:
    """Visitors are counted together, under one name: they are none."""
    return func.count(func.nullif(Use.subject, VISITORS).distinct())

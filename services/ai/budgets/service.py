"""Reserve before spending, settle after. Each limit is held by one conditional UPDATE: whoever comes at the same time
cannot overshoot it together, on any database and with any number of processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.orm import Session

from ai import events
from ai.base import Base
from ai.budgets import periods, statements
from ai.budgets.limits import VISITORS, Allowance, Key, Limit
from ai.budgets.models import Reservation, Spending, Use
from ai.problems import BudgetUsedUp, When
from servicekit.database import changed_one
from servicekit.identity import VISITOR
from servicekit.ids import new_id, now

log = structlog.get_logger()

LEASE = timedelta(seconds=12)
WARN_AT = 0.8  # of a limit


class Spent(NamedTuple):
    """Of one subject in one period; `there`: there is a row for it."""

    used: int
    held: int
    warned: bool
    there: bool

    @property
    def taken(self) -> int:
        return self.used + self.held


NOTHING = Spent(0, 0, warned=False, there=False)


@dataclass(frozen=True)
class Held:
    """A reservation as its request knows it."""

    id: str
    tokens: int
    allowance: Allowance
    left: int
    """What is left of the smaller budget, this reservation taken off."""

    def within(self, used: "Used") -> "Used":
        """No request costs more than was held for it, whatever a model elsewhere says: so nothing is overshot."""
        if used.tokens <= self.tokens:
            return used
        log.warning("model counts more than it may", model=used.model, held=self.tokens, counted=used.tokens)
        prompt = min(used.prompt_tokens, self.tokens)
        return Used(used.model, prompt, min(used.completion_tokens, self.tokens - prompt))


@dataclass(frozen=True)
class Used:
    """What a request cost in the end."""

    model: str
    prompt_tokens: int
    completion_tokens: int

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


def open_rows(tx: Session, allowance: Allowance, model: str) -> None:
    """Make the rows that are counted in, where they are missing; in a transaction of its own, before all others."""
    for subject, period in allowance.keys:
        keep(tx, Spending, subject=subject, period=period, used=0, held=0, warned=0)
    _open_use(tx, allowance, model)


def _open_use(tx: Session, allowance: Allowance, model: str) -> None:
    nothing = {"requests": 0, "prompt_tokens": 0, "completion_tokens": 0}
    keep(tx, Use, subject=allowance.used_by, day=allowance.day, model=model, **nothing)


def is_counted(tx: Session, allowance: Allowance, model: str) -> bool:
    """Whether there is a row for what is used of this model."""
    use = {"of": allowance.used_by, "on": allowance.day, "by": model}
    return tx.scalar(statements.COUNTED, use) is not None


def reserve(tx: Session, allowance: Allowance, tokens: int, moment: datetime) -> Held:
    """Hold `tokens` of both limits, or of none: the refusal ends the transaction."""
    for limit in allowance.both:
        asked = {"of": limit.subject, "within": limit.period, "tokens": tokens, "most": limit.tokens}
        if not changed_one(tx, statements.HOLD, asked):
            raise _used_up(tx, limit, tokens, moment)
    (subject, period), (other_subject, other_period) = allowance.keys
    reservation = {
        "id": new_id(), "subject": subject, "period": period, "other_subject": other_subject,
        "other_period": other_period, "tokens": tokens, "until": now() + LEASE,
    }  # fmt: skip
    tx.execute(statements.RESERVE, reservation)
    return Held(str(reservation["id"]), tokens, allowance, left(tx, allowance))


def refuse(tx: Session, allowance: Allowance, tokens: int, moment: datetime) -> None:
    """BudgetUsedUp, if less than that is left."""
    for limit, found in zip(allowance.both, spent(tx, allowance.keys), strict=True):
        if found.taken + tokens > limit.tokens:
            raise _used_up(tx, limit, tokens, moment)


def settle(tx: Session, held: Held, used: Used) -> None:
    """Count what was really used, and give the rest back. What was released meanwhile is counted all the same; of who
    was erased meanwhile nothing is kept."""
    released = not changed_one(tx, statements.UNRESERVE, {"reservation": held.id})
    given_back = 0 if released else held.tokens
    there = True
    for subject, period in held.allowance.keys:
        more = {"of": subject, "within": period, "more": used.tokens, "less": given_back}
        there &= changed_one(tx, statements.SPEND, more)
    if there:
        _count(tx, held.allowance, used)
    if held.allowance.used_by != VISITORS:
        _warn(tx, held.allowance)


def _count(tx: Session, allowance: Allowance, used: Used) -> None:
    key = {"of": allowance.used_by, "on": allowance.day, "by": used.model}
    counted = {"prompt": used.prompt_tokens, "completion": used.completion_tokens}
    if not changed_one(tx, statements.COUNT, key | counted):  # another model has answered than was asked
        _open_use(tx, allowance, used.model)
        tx.execute(statements.COUNT, key | counted)


def give_back(tx: Session, held: Held) -> None:
    """Nothing was used."""
    release(tx, held.id)


def renew(tx: Session, ids: list[str]) -> None:
    """These requests are still under way."""
    tx.execute(_silently(update(Reservation).where(Reservation.id.in_(ids)).values(until=now() + LEASE)))


def abandoned(tx: Session, most: int = 100) -> list[str]:
    """Reservations whose process has not been heard of for too long."""
    over = select(Reservation.id).where(Reservation.until < now())
    return list(tx.scalars(over.order_by(Reservation.until).limit(most)))


def forget_visitors(tx: Session, moment: datetime) -> None:
    """Of addresses nothing is kept but for the day; the day before stays, for what is settled after midnight."""
    yesterday = periods.day(moment - timedelta(days=1))
    over = delete(Spending).where(Spending.subject.startswith(VISITOR), Spending.period < yesterday)
    tx.execute(_silently(over))


def release(tx: Session, reservation_id: str) -> None:
    """Nothing of it is held any more; done twice, it changes nothing."""
    found = tx.get(Reservation, reservation_id)
    if found is None or not changed_one(tx, statements.UNRESERVE, {"reservation": reservation_id}):
        return
    for subject, period in ((found.subject, found.period), (found.other_subject, found.other_period)):
        less = {"of": subject, "within": period, "more": 0, "less": found.tokens}
        tx.execute(statements.SPEND, less)


def left(tx: Session, allowance: Allowance) -> int:
    """Tokens of the smaller of the two budgets that nobody has used or reserved."""
    first, second = spent(tx, allowance.keys)
    return allowance.left(first.taken, second.taken)


def spent(tx: Session, keys: tuple[Key, Key]) -> tuple[Spent, Spent]:
    """Of the two, in their order."""
    (subject, period), (other, other_period) = keys
    both = {"of": subject, "within": period, "of_other": other, "within_other": other_period}
    rows = tx.execute(statements.SPENT, both)
    found = {
        (row.subject, row.period): Spent(row.used, row.held, bool(row.warned), there=True) for row in rows
    }
    return found.get(keys[0], NOTHING), found.get(keys[1], NOTHING)


def _warn(tx: Session, allowance: Allowance) -> None:
    """Told once, when most of a person's budget is used."""
    for limit, found in zip(allowance.both, spent(tx, allowance.keys), strict=True):
        enough = found.there and limit.tokens and found.used >= int(limit.tokens * WARN_AT)
        row = {"of": limit.subject, "within": limit.period}
        if enough and not found.warned and changed_one(tx, statements.WARN, row):
            events.budget_reached(tx, limit.subject, limit.period, found.used, limit.tokens)


def _used_up(tx: Session, limit: Limit, tokens: int, moment: datetime) -> BudgetUsedUp:
    (used, held, *_), _ = spent(tx, (limit.key, limit.key))
    remaining = max(0, limit.tokens - used - held)
    seconds = int((periods.ends(limit.period, moment) - moment).total_seconds()) + 1
    whose = "all visitors together" if limit.subject == VISITORS else "you"
    detail = (
        f"This may take up to {tokens} tokens. Of the {limit.tokens} that {whose} may use in a "
        f"{periods.kind(limit.period)}, {remaining} are left"
        + (f", and {held} are reserved by what is under way." if held else ".")
    )
    when: When = "never" if tokens > limit.tokens else "then" if used + tokens > limit.tokens else "soon"
    counted = {"whose": _whose(limit), "budget": periods.kind(limit.period)}
    return BudgetUsedUp(detail, left=remaining, seconds=seconds, when=when, **counted)


def _whose(limit: Limit) -> str:
    """As the figures name it."""
    if limit.subject == VISITORS:
        return "visitors"
    return "visitor" if limit.subject.startswith(VISITOR) else "person"


def keep(tx: Session, kind: type[Base], **values: Any) -> bool:
    """Insert, unless it is there; whether it was not."""
    made = insert(kind).values(values)
    quietly = made.prefix_with("IGNORE", dialect="mysql").prefix_with("OR IGNORE", dialect="sqlite")
    done = tx.execute(quietly)
    return isinstance(done, CursorResult) and done.rowcount == 1


def _silently(statement: Any) -> Any:
    """No object of this session stands for a changed row."""
    return statement.execution_options(synchronize_session=False)

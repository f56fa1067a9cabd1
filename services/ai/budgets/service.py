"""Reserve before spending, settle after. Each limit is held by one conditional UPDATE: whoever comes at the same time
cannot overshoot it together, on any database and with any number of processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.orm import Session

from ai import events
from ai.base import Base
from ai.budgets import periods
from ai.budgets.limits import VISITORS, Allowance, Limit
from ai.budgets.models import Reservation, Spending, Use
from ai.problems import BudgetUsedUp, When
from servicekit.database import changed_one
from servicekit.identity import VISITOR
from servicekit.ids import new_id, now

LEASE = timedelta(seconds=12)
WARN_AT = 0.8  # of a limit


@dataclass(frozen=True)
class Held:
    """A reservation as its request knows it."""

    id: str
    tokens: int
    allowance: Allowance
    day: str
    left: int
    """What is left of the smaller budget, this reservation taken off."""


@dataclass(frozen=True)
class Used:
    """What a request cost in the end."""

    model: str
    prompt_tokens: int
    completion_tokens: int

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


def open_rows(tx: Session, allowance: Allowance, model: str, moment: datetime) -> None:
    """Make the rows that are counted in, where they are missing; in a transaction of its own, before all others."""
    for limit in allowance.both:
        keep(tx, Spending, subject=limit.subject, period=limit.period, used=0, held=0, warned=0)
    nothing = {"requests": 0, "prompt_tokens": 0, "completion_tokens": 0}
    keep(tx, Use, subject=allowance.used_by, day=periods.day(moment), model=model, **nothing)


def are_open(tx: Session, allowance: Allowance, model: str, moment: datetime) -> bool:
    """Whether the rows that are counted in are there."""
    spending = all(
        tx.scalar(select(Spending.used).where(*_row(limit))) is not None for limit in allowance.both
    )
    return spending and tx.get(Use, (allowance.used_by, periods.day(moment), model)) is not None


def reserve(tx: Session, allowance: Allowance, tokens: int, moment: datetime) -> Held:
    """Hold `tokens` of both limits, or of none: the refusal ends the transaction."""
    for limit in allowance.both:
        row = _row(limit)
        room = Spending.used + Spending.held + tokens <= limit.tokens
        if not changed_one(tx, update(Spending).where(*row, room).values(held=Spending.held + tokens)):
            raise _used_up(tx, limit, tokens, moment)
    first, second = allowance.both
    reservation = Reservation(
        id=new_id(),
        subject=first.subject,
        period=first.period,
        other_subject=second.subject,
        other_period=second.period,
        tokens=tokens,
        until=now() + LEASE,
    )
    tx.add(reservation)
    return Held(reservation.id, tokens, allowance, periods.day(moment), left(tx, allowance))


def refuse(tx: Session, allowance: Allowance, tokens: int, moment: datetime) -> None:
    """BudgetUsedUp, if less than that is left."""
    for limit in allowance.both:
        if sum(spent(tx, limit)) + tokens > limit.tokens:
            raise _used_up(tx, limit, tokens, moment)


def settle(tx: Session, held: Held, used: Used) -> None:
    """Count what was really used, and give the rest back. What was released meanwhile is counted all the same; of who
    was erased meanwhile nothing is kept."""
    released = not changed_one(tx, delete(Reservation).where(Reservation.id == held.id))
    given_back = 0 if released else held.tokens
    there = True
    for limit in held.allowance.both:
        values = {"used": Spending.used + used.tokens, "held": Spending.held - given_back}
        there &= changed_one(tx, update(Spending).where(*_row(limit)).values(values))
        if held.allowance.used_by != VISITORS:
            _warn(tx, limit)
    if there:
        _count(tx, held, used)


def _count(tx: Session, held: Held, used: Used) -> None:
    key = {"subject": held.allowance.used_by, "day": held.day, "model": used.model}
    counted = {"prompt_tokens": used.prompt_tokens, "completion_tokens": used.completion_tokens}
    more = {name: getattr(Use, name) + number for name, number in counted.items()}
    add = update(Use).filter_by(**key).values(requests=Use.requests + 1, **more)
    if not changed_one(tx, add):  # another model has answered than was asked
        tx.add(Use(**key, requests=1, **counted))


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
    if found is None or not changed_one(tx, delete(Reservation).where(Reservation.id == reservation_id)):
        return
    for subject, period in ((found.subject, found.period), (found.other_subject, found.other_period)):
        row = (Spending.subject == subject, Spending.period == period)
        tx.execute(_silently(update(Spending).where(*row).values(held=Spending.held - found.tokens)))


def left(tx: Session, allowance: Allowance) -> int:
    """Tokens of the smaller of the two budgets that nobody has used or reserved."""
    return max(0, min(limit.tokens - sum(spent(tx, limit)) for limit in allowance.both))


def spent(tx: Session, limit: Limit) -> tuple[int, int]:
    """What is used, and what is held."""
    row = tx.execute(select(Spending.used, Spending.held).where(*_row(limit))).first()
    return (row.used, row.held) if row else (0, 0)


def _row(limit: Limit) -> tuple[Any, Any]:
    return Spending.subject == limit.subject, Spending.period == limit.period


def _warn(tx: Session, limit: Limit) -> None:
    """Told once, when most of a person's budget is used."""
    if limit.tokens == 0:
        return
    enough = Spending.used >= int(limit.tokens * WARN_AT)
    first = update(Spending).where(*_row(limit), Spending.warned == 0, enough).values(warned=1)
    if changed_one(tx, first):
        used, _ = spent(tx, limit)
        events.budget_reached(tx, limit.subject, limit.period, used, limit.tokens)


def _used_up(tx: Session, limit: Limit, tokens: int, moment: datetime) -> BudgetUsedUp:
    used, held = spent(tx, limit)
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

"""What every request asks of the ledger, put together once: to build a statement anew takes longer than to run it."""

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from ai.base import Base
from ai.budgets.models import Reservation, Spending, Use

SPENDING, RESERVATIONS, USES = (
    Base.metadata.tables[kind.__tablename__] for kind in (Spending, Reservation, Use)
)
_spending, _uses = SPENDING.c, USES.c
_spent = and_(_spending.subject == bindparam("of"), _spending.period == bindparam("within"))
_other = and_(_spending.subject == bindparam("of_other"), _spending.period == bindparam("within_other"))
_use = and_(_uses.subject == bindparam("of"), _uses.day == bindparam("on"), _uses.model == bindparam("by"))
_reservation = RESERVATIONS.c.id == bindparam("reservation")

SPENT = select(_spending.subject, _spending.period, _spending.used, _spending.held, _spending.warned).where(
    or_(_spent, _other)
)
COUNTED = select(_uses.requests).where(_use)

HOLD = (
    update(SPENDING)
    .where(_spent, _spending.used + _spending.held + bindparam("tokens") <= bindparam("most"))
    .values(held=_spending.held + bindparam("tokens"))
)
"""Only where there is room for it: this is what cannot be overshot."""
RESERVE = insert(RESERVATIONS)
UNRESERVE = delete(RESERVATIONS).where(_reservation)
SPEND = (
    update(SPENDING)
    .where(_spent)
    .values(used=_spending.used + bindparam("more"), held=_spending.held - bindparam("less"))
)
WARN = update(SPENDING).where(_spent, _spending.warned == 0).values(warned=1)
COUNT = (
    update(USES)
    .where(_use)
    .values(
        requests=_uses.requests + 1,
        prompt_tokens=_uses.prompt_tokens + bindparam("prompt"),
        completion_tokens=_uses.completion_tokens + bindparam("completion"),
    )
)

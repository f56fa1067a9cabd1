"""What an administrator sets: for everyone, for a role, for one person. It holds from the next request on."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ai.budgets import periods
from ai.budgets.change import Change
from ai.budgets.limits import EVERYONE, SCOPES
from ai.budgets.models import Budget
from ai.budgets.service import keep
from servicekit.problems import NotFound

ANY = "all"
"""The name of everyone."""
LONGEST = 64  # characters of an id, or of a role's name


def listed(tx: Session) -> list[Budget]:
    return list(tx.scalars(select(Budget).order_by(Budget.scope, Budget.name).limit(5000)))


def put(tx: Session, change: Change, day: int, month: int) -> Budget:
    """Two who set the same for the first time at once are heard one after the other."""
    budget = _set(tx, change)
    if budget is None and _made(tx, change, day, month):
        change.publish(tx, None, {"day": day, "month": month})
        return _there(tx, change)
    budget = budget or _there(tx, change)
    before = _tokens(budget)
    budget.day, budget.month = day, month
    if before != _tokens(budget):
        change.publish(tx, before, _tokens(budget))
    return budget


def remove(tx: Session, change: Change) -> None:
    budget = _there(tx, change)
    change.publish(tx, _tokens(budget), None)
    tx.delete(budget)


def check(scope: str, name: str) -> None:
    if scope not in SCOPES or len(name) > LONGEST or (scope == EVERYONE) != (name == ANY):
        raise NotFound("Budgets are of everyone/all, of role/<name> or of person/<id>.")


def _set(tx: Session, change: Change) -> Budget | None:
    return tx.get(Budget, (change.scope, change.name), with_for_update=True)


def _there(tx: Session, change: Change) -> Budget:
    if (budget := _set(tx, change)) is None:
        raise NotFound
    return budget


def _made(tx: Session, change: Change, day: int, month: int) -> bool:
    return keep(tx, Budget, scope=change.scope, name=change.name, day=day, month=month)


def _tokens(budget: Budget) -> dict[str, int]:
    return {period: getattr(budget, period) for period in periods.BOTH}

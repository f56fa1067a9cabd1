"""What an administrator sets: for everyone, for a role, for one person. It holds from the next request on."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ai.budgets.limits import EVERYONE, SCOPES
from ai.budgets.models import Budget
from servicekit.database import changed_one
from servicekit.problems import NotFound

ANY = "all"
"""The name of everyone."""


def listed(tx: Session) -> list[Budget]:
    return list(tx.scalars(select(Budget).order_by(Budget.scope, Budget.name).limit(5000)))


def put(tx: Session, scope: str, name: str, day: int, month: int) -> Budget:
    _check(scope, name)
    return tx.merge(Budget(scope=scope, name=name, day=day, month=month))


def remove(tx: Session, scope: str, name: str) -> None:
    _check(scope, name)
    if not changed_one(tx, delete(Budget).where(Budget.scope == scope, Budget.name == name)):
        raise NotFound


def _check(scope: str, name: str) -> None:
    if scope not in SCOPES or len(name) > 80 or (scope == EVERYONE) != (name == ANY):
        raise NotFound("Budgets are of everyone/all, of role/<name> or of person/<id>.")

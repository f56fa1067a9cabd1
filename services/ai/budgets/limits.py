"""How much somebody may spend: a person's own budget, else the largest of their roles', else everybody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from ai.budgets import periods
from ai.budgets.models import Budget
from ai.models.catalog import USE
from ai.settings import Settings
from servicekit.identity import Identity

EVERYONE, ROLE, PERSON = "everyone", "role", "person"
SCOPES = (EVERYONE, ROLE, PERSON)
DEFAULT = "default"
"""Nothing was set: the settings' budget holds."""
VISITORS = "visitors"
"""The subject under which all visitors together are counted."""


class Amounts(NamedTuple):
    """Tokens a day and a month, and for whom that was set."""

    day: int
    month: int
    scope: str


@dataclass(frozen=True)
class Limit:
    """How much one subject may spend in one period."""

    subject: str
    period: str
    tokens: int


@dataclass(frozen=True)
class Allowance:
    """Both limits of who asks: for a person of the day and of the month, for who only tries of their own and of all."""

    first: Limit
    second: Limit

    @property
    def used_by(self) -> str:
        """In whose name it is counted what was used."""
        return VISITORS if self.second.subject == VISITORS else self.first.subject

    @property
    def both(self) -> tuple[Limit, Limit]:
        return self.first, self.second


def counted_as(identity: Identity) -> str:
    """In whose name it counts what somebody uses: a person who may not use it tries it, as visitors do."""
    return VISITORS if identity.is_visitor or not identity.may(USE) else identity.subject


def allowance(
    tx: Session, identity: Identity, roles: Iterable[str], settings: Settings, moment: datetime
) -> Allowance:
    day = periods.day(moment)
    if counted_as(identity) == VISITORS:
        own = Limit(identity.subject, day, settings.ai_budget_visitor)
        return Allowance(own, Limit(VISITORS, day, settings.ai_budget_visitors))
    return of_person(identity.subject, amounts(tx, identity.subject, roles, settings), moment)


def of_person(subject: str, allowed: Amounts, moment: datetime) -> Allowance:
    day, month = periods.day(moment), periods.month(moment)
    return Allowance(Limit(subject, day, allowed.day), Limit(subject, month, allowed.month))


def are_set_by_role(tx: Session) -> bool:
    """Whether anybody's roles matter."""
    return tx.scalar(select(Budget.name).where(Budget.scope == ROLE).limit(1)) is not None


def amounts(tx: Session, person: str, roles: Iterable[str], settings: Settings) -> Amounts:
    """What holds for this person."""
    set_for = _set_for(tx, person, list(roles))
    for scope in (PERSON, ROLE, EVERYONE):
        found = [budget for budget in set_for if budget.scope == scope]
        if found:
            of_day, of_month = (max(getattr(each, period) for each in found) for period in periods.BOTH)
            return Amounts(of_day, of_month, scope)
    return Amounts(settings.ai_budget_day, settings.ai_budget_month, DEFAULT)


def _set_for(tx: Session, person: str, roles: list[str]) -> list[Budget]:
    concerns = or_(
        Budget.scope == EVERYONE,
        and_(Budget.scope == PERSON, Budget.name == person),
        and_(Budget.scope == ROLE, Budget.name.in_(roles)),
    )
    return list(tx.scalars(select(Budget).where(concerns)))

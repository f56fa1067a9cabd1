"""How much somebody may spend: a person's own budget, else the largest of their roles', else everybody's."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select
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


class Rule(NamedTuple):
    """What an administrator has set: see Budget."""

    scope: str
    name: str
    day: int
    month: int


_budgets = Budget.__table__.c
_RULES = select(_budgets.scope, _budgets.name, _budgets.day, _budgets.month).where(
    or_(_budgets.scope != PERSON, _budgets.name == bindparam("person"))
)


@dataclass(frozen=True)
class Limit:
    """How much one subject may spend in one period."""

    subject: str
    period: str
    tokens: int

    @property
    def key(self) -> "Key":
        return self.subject, self.period


Key = tuple[str, str]
"""Of a row of spending: its subject and its period."""


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

    @property
    def keys(self) -> tuple[Key, Key]:
        return self.first.key, self.second.key

    @property
    def day(self) -> str:
        """On which it is counted."""
        return self.first.period

    def left(self, of_first: int, of_second: int) -> int:
        """Tokens of the smaller of the two, when so many are taken."""
        return max(0, min(self.first.tokens - of_first, self.second.tokens - of_second))


def counted_as(identity: Identity) -> str:
    """In whose name it counts what somebody uses: a person who may not use it tries it, as visitors do."""
    return VISITORS if identity.is_visitor or not identity.may(USE) else identity.subject


def of_visitor(subject: str, settings: Settings, moment: datetime) -> Allowance:
    """Of who only tries: their own, and what all of them have together."""
    day = periods.day(moment)
    own = Limit(subject, day, settings.ai_budget_visitor)
    return Allowance(own, Limit(VISITORS, day, settings.ai_budget_visitors))


def of_person(subject: str, allowed: Amounts, moment: datetime) -> Allowance:
    day, month = periods.day(moment), periods.month(moment)
    return Allowance(Limit(subject, day, allowed.day), Limit(subject, month, allowed.month))


def rules(tx: Session, person: str) -> list[Rule]:
    """What was set for everyone, for any role, and for this person."""
    return [Rule(*row) for row in tx.execute(_RULES, {"person": person})]


def amounts(rules: Sequence[Rule], roles: Callable[[], Iterable[str]], settings: Settings) -> Amounts:
    """What holds for this person. `roles` are asked for only where that matters: others know them."""
    for scope in (PERSON, ROLE, EVERYONE):
        found = [rule for rule in rules if rule.scope == scope]
        if found and scope == ROLE:
            theirs = set(roles())
            found = [rule for rule in found if rule.name in theirs]
        if found:
            return Amounts(max(rule.day for rule in found), max(rule.month for rule in found), scope)
    return Amounts(settings.ai_budget_day, settings.ai_budget_month, DEFAULT)

"""The edge of the budgets: a request opens its account, and closes it with what it has used."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ai.budgets import limits, service
from ai.budgets.limits import Allowance, Amounts
from ai.budgets.service import Held
from ai.parts import Parts
from ai.problems import BudgetUsedUp
from servicekit.identity import Identity
from servicekit.ids import now


@dataclass(frozen=True)
class Look:
    """What somebody may spend on a model, and how much of it was left when it was looked at."""

    allowance: Allowance
    model: str
    left: int
    is_open: bool
    """Whether there are rows for it."""


def reserve(parts: Parts, identity: Identity, model: str, tokens: int) -> Held:
    """Hold what a request may cost at most; BudgetUsedUp, if it is more than is left."""
    return hold(parts, look(parts, identity, model, tokens), tokens)


def look(parts: Parts, identity: Identity, model: str, tokens: int) -> Look:
    """BudgetUsedUp already, if less is left than `tokens`: most refusals cost no more than that."""
    found = _looked(parts, allowance_of(parts, identity), model)
    _refuse(parts, found, tokens)
    return found


def hold(parts: Parts, found: Look, tokens: int) -> Held:
    """Of what was looked at a moment ago, and may have been spent by others since."""
    _refuse(parts, found, tokens)
    if not found.is_open:
        with parts.keeper.write() as tx:
            service.open_rows(tx, found.allowance, found.model)
    with _counted(parts), parts.keeper.write() as tx:
        held = service.reserve(tx, found.allowance, tokens, now())
    parts.keeper.hold(held)
    return held


def allowance_of_person(parts: Parts, person: str) -> tuple[Amounts, Allowance]:
    """Of somebody who does not ask at this moment, as if they might use the AI APIs."""
    amounts = _amounts_of(parts, person)
    return amounts, limits.of_person(person, amounts, now())


def allowance_of(parts: Parts, identity: Identity) -> Allowance:
    if limits.counted_as(identity) == limits.VISITORS:
        return limits.of_visitor(identity.subject, parts.settings, now())
    return limits.of_person(identity.subject, _amounts_of(parts, identity.subject), now())


def _amounts_of(parts: Parts, person: str) -> Amounts:
    with parts.database.read() as tx:
        rules = limits.rules(tx, person)
    return limits.amounts(rules, lambda: parts.roles.of(person), parts.settings)


def _looked(parts: Parts, allowance: Allowance, model: str) -> Look:
    with parts.database.read() as tx:
        first, second = service.spent(tx, allowance.keys)
        is_open = first.there and second.there and service.is_counted(tx, allowance, model)
    return Look(allowance, model, allowance.left(first.taken, second.taken), is_open)


def _refuse(parts: Parts, found: Look, tokens: int) -> None:
    """If it seems too little. What processes that are gone have held is released first."""
    if found.left >= tokens:
        return
    parts.keeper.release()
    with _counted(parts), parts.database.read() as tx:
        service.refuse(tx, found.allowance, tokens, now())


@contextmanager
def _counted(parts: Parts) -> Iterator[None]:
    try:
        yield
    except BudgetUsedUp as refusal:
        parts.figures.refusals.labels(refusal.whose, refusal.budget).inc()
        raise

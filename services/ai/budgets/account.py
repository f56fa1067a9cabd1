"""The edge of the budgets: a request opens its account, and closes it with what it has used."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from ai.budgets import limits, service
from ai.budgets.limits import Allowance, Amounts
from ai.budgets.service import Held
from ai.parts import Parts
from ai.problems import BudgetUsedUp
from servicekit.identity import Identity
from servicekit.ids import now


def reserve(parts: Parts, identity: Identity, model: str, tokens: int) -> Held:
    """Hold what a request may cost at most; BudgetUsedUp, if it is more than is left."""
    allowed, open_already = _looked(parts, identity, tokens, model)
    if not open_already:
        with parts.keeper.write() as tx:
            service.open_rows(tx, allowed, model, now())
    with _counted(parts), parts.keeper.write() as tx:
        held = service.reserve(tx, allowed, tokens, now())
    parts.keeper.hold(held)
    return held


def refuse_early(parts: Parts, identity: Identity, tokens: int) -> None:
    """Only looks: most refusals cost no more than that. What processes that are gone have held is released first."""
    _looked(parts, identity, tokens)


@contextmanager
def _counted(parts: Parts) -> Iterator[None]:
    try:
        yield
    except BudgetUsedUp as refusal:
        parts.figures.refusals.labels(refusal.whose, refusal.budget).inc()
        raise


def allowance_of_person(parts: Parts, person: str) -> tuple[Amounts, Allowance]:
    """Of somebody who does not ask at this moment, as if they might use the AI APIs."""
    with parts.database.read() as tx:
        by_role = limits.are_set_by_role(tx)
    roles = parts.roles.of(person) if by_role else ()
    with parts.database.read() as tx:
        amounts = limits.amounts(tx, person, roles, parts.settings)
    return amounts, limits.of_person(person, amounts, now())


def allowance_of(parts: Parts, identity: Identity) -> Allowance:
    with parts.database.read() as tx:
        if (allowed := _allowance(tx, parts, identity)) is not None:
            return allowed
    roles = parts.roles.of(identity.subject)
    with parts.database.read() as tx:
        return limits.allowance(tx, identity, roles, parts.settings, now())


def _looked(
    parts: Parts, identity: Identity, tokens: int, model: str | None = None
) -> tuple[Allowance, bool]:
    """What somebody may spend, and whether there is a row for it; mostly with one transaction."""
    with parts.database.read() as tx:
        allowed = _allowance(tx, parts, identity)
        if allowed is not None and service.left(tx, allowed) >= tokens:
            return allowed, model is not None and service.are_open(tx, allowed, model, now())
    allowed = allowed or allowance_of(parts, identity)
    with parts.database.read() as tx:
        short = service.left(tx, allowed) < tokens
    if short:
        parts.keeper.release()
    with _counted(parts), parts.database.read() as tx:
        service.refuse(tx, allowed, tokens, now())
        return allowed, model is not None and service.are_open(tx, allowed, model, now())


def _allowance(tx: Session, parts: Parts, identity: Identity) -> Allowance | None:
    """None: it depends on the roles, which others are asked for, and not while a transaction is open."""
    if not identity.is_visitor and limits.are_set_by_role(tx):
        return None
    return limits.allowance(tx, identity, (), parts.settings, now())

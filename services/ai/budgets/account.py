"""The edge of the budgets: a request opens its account, and closes it with what it has used."""

from ai.budgets import limits, service
from ai.budgets.limits import Allowance
from ai.budgets.service import Held
from ai.parts import Parts
from servicekit.identity import Identity
from servicekit.ids import now


def reserve(parts: Parts, identity: Identity, model: str, tokens: int) -> Held:
    """Hold what a request may cost at most; BudgetUsedUp, if it is more than is left."""
    allowed = refuse_early(parts, identity, tokens)
    with parts.database.read() as tx:
        open_already = service.are_open(tx, allowed, model, now())
    if not open_already:
        with parts.keeper.write() as tx:
            service.open_rows(tx, allowed, model, now())
    with parts.keeper.write() as tx:
        held = service.reserve(tx, allowed, tokens, now())
    parts.keeper.hold(held)
    return held


def refuse_early(parts: Parts, identity: Identity, tokens: int) -> Allowance:
    """Only looks: most refusals cost no more than that. What processes that are gone have held is released first."""
    allowed = allowance_of(parts, identity)
    with parts.database.read() as tx:
        short = service.left(tx, allowed) < tokens
    if short:
        parts.keeper.release()
        with parts.database.read() as tx:
            service.refuse(tx, allowed, tokens, now())
    return allowed


def allowance_of(parts: Parts, identity: Identity) -> Allowance:
    with parts.database.read() as tx:
        by_role = not identity.is_visitor and limits.are_set_by_role(tx)
    roles = parts.roles.of(identity.subject) if by_role else ()
    with parts.database.read() as tx:
        return limits.allowance(tx, identity, roles, parts.settings, now())

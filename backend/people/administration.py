"""Change who people are to the platform: their status and roles. The platform always keeps one administrator."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.people import service as people
from backend.people.actor import Actor
from backend.people.models import ACTIVE, DELETING, PENDING, Role, RolePermission, User, UserRole
from servicekit.problems import Conflict, InvalidFields

ADMIN = "admin"
POWERFUL = "users:manage"
"""Who is given this could give it on: it is asked of a fresh sign-in."""


def change_status(tx: Transaction, actor: Actor, user: User, status: str, origin: audit.Origin) -> None:
    """Approve, suspend, reactivate."""
    if user.status == status:
        return
    _refuse_who_leaves(user)
    if user.id == actor.id:
        raise Conflict("Nobody suspends themselves. Ask another administrator.")
    held = permissions_of_roles(tx, people.roles_of(tx, user.id) or [people.MEMBER])
    actor.must_hold(held)
    if status == ACTIVE and POWERFUL in held:
        actor.must_be_fresh(tx)
    administered = administers(tx, user)
    if user.status == PENDING and status == ACTIVE:
        people.approve(tx, user, origin, actor.id)
    else:
        people.set_status(tx, user, status, origin, actor.id)
    if administered:
        keep_an_administrator(tx)


def change_roles(
    tx: Transaction, actor: Actor, user: User, wanted: Iterable[str], origin: audit.Origin
) -> None:
    """Give and take roles until the person has those in `wanted` and no others."""
    held, wanted = set(people.roles_of(tx, user.id)), set(wanted)
    if held == wanted:
        return
    _refuse_who_leaves(user)
    given = permissions_of_roles(tx, wanted - held)
    actor.must_hold(permissions_of_roles(tx, held) | given)
    if POWERFUL in given:
        actor.must_be_fresh(tx)
    administered = administers(tx, user)
    for role in sorted(wanted - held):
        people.give_role(tx, user, role, origin, actor.id)
    for role in sorted(held - wanted):
        people.take_role(tx, user, role, origin, actor.id)
    if administered:
        keep_an_administrator(tx)


def _refuse_who_leaves(user: User) -> None:
    if user.status == DELETING:
        raise Conflict("This account is being deleted, as its person wished. That cannot be undone.")


def refuse_unknown(tx: Transaction, roles: Iterable[str], pointer: str) -> None:
    """422 when a role does not exist."""
    unknown = sorted(set(roles) - set(people.role_names(tx)))
    if unknown:
        raise InvalidFields(errors=[{"pointer": pointer, "detail": f"There is no role {unknown[0]}"}])


def permissions_of_roles(tx: Transaction, roles: Iterable[str]) -> set[str]:
    return set(tx.scalars(select(RolePermission.permission).where(RolePermission.role.in_(list(roles)))))


def administers(tx: Transaction, user: User) -> bool:
    """Whether the platform could lose its last administrator with them."""
    return user.status == ACTIVE and ADMIN in people.roles_of(tx, user.id)


def keep_an_administrator(tx: Transaction) -> None:
    """409 when this change, of somebody who administers, would leave nobody who does."""
    tx.scalar(
        select(Role.name).where(Role.name == ADMIN).with_for_update()
    )  # two at once: one after the other
    active = select(func.count()).select_from(UserRole).join(User, User.id == UserRole.user_id)
    tx.flush()
    if not tx.scalar(active.where(UserRole.role == ADMIN, User.status == ACTIVE)):
        raise Conflict("This is the last administrator. Make somebody else one first.")

"""Roles that administrators make. The built-in ones belong to the release and stay as they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.invitations.models import Invitation
from backend.people.actor import Actor
from backend.people.administration import POWERFUL, permissions_of_roles
from backend.people.models import Role, RolePermission, UserRole
from backend.policy import Policy
from backend.revocations import service as revocations
from servicekit.problems import Conflict, FieldError, InvalidFields, NotFound


@dataclass(frozen=True)
class Shown:
    """A role, what it allows, and how many people have it."""

    name: str
    built_in: bool
    permissions: list[str]
    people: int


def refuse_unknown(policy: Policy, permissions: Iterable[str]) -> None:
    """422 when a permission does not exist."""
    errors: list[FieldError] = [
        {"pointer": f"/permissions/{n}", "detail": f"There is no permission {permission}"[:200]}
        for n, permission in enumerate(permissions)
        if permission not in policy.described
    ]
    if errors:
        raise InvalidFields(errors=errors)


def all_of_them(tx: Transaction) -> list[Shown]:
    """Every role: the built-in ones first, then by name."""
    held: dict[str, list[str]] = {}
    for row in tx.scalars(select(RolePermission).order_by(RolePermission.permission)):
        held.setdefault(row.role, []).append(row.permission)
    count = select(UserRole.role, func.count()).group_by(UserRole.role)
    people = dict(tx.execute(count).all())
    roles = tx.scalars(select(Role).order_by(Role.built_in.desc(), Role.name))
    return [Shown(r.name, r.built_in, held.get(r.name, []), people.get(r.name, 0)) for r in roles]


def make(tx: Transaction, actor: Actor, name: str, permissions: Iterable[str], origin: audit.Origin) -> None:
    """A new role; 409 if the name is taken."""
    if tx.get(Role, name) is not None:
        raise Conflict("There is a role of this name already. Choose another name, or change that one.")
    _grant(tx, actor, set(permissions))
    tx.add(Role(name=name, built_in=False))
    tx.flush()
    _write(tx, name, permissions)
    _tell(tx, audit.ROLE_MADE, actor, name, origin, permissions)


def change(
    tx: Transaction, actor: Actor, name: str, permissions: Iterable[str], origin: audit.Origin
) -> None:
    """What a role allows from now on, to all who have it."""
    before = _own(tx, actor, name)
    _grant(tx, actor, set(permissions) - before)
    _write(tx, name, permissions)
    revocations.of_role(tx, name)
    _tell(tx, audit.ROLE_CHANGED, actor, name, origin, permissions)


def remove(tx: Transaction, actor: Actor, name: str, origin: audit.Origin) -> None:
    """Take a role from everybody, from open invitations too."""
    _own(tx, actor, name)
    tx.execute(delete(Invitation).where(Invitation.role == name, Invitation.accepted_at.is_(None)))
    revocations.of_role(tx, name)
    tx.execute(delete(UserRole).where(UserRole.role == name))
    tx.execute(delete(RolePermission).where(RolePermission.role == name))
    tx.execute(delete(Role).where(Role.name == name))
    _tell(tx, audit.ROLE_REMOVED, actor, name, origin, ())


def _own(tx: Transaction, actor: Actor, name: str) -> set[str]:
    """What a role allows that this actor may change."""
    role = tx.get(Role, name)
    if role is None:
        raise NotFound("There is no role of this name.")
    if role.built_in:
        raise Conflict("Built-in roles stay as they are. Make a role of your own.")
    before = permissions_of_roles(tx, [name])
    actor.must_hold(before)
    return before


def _grant(tx: Transaction, actor: Actor, permissions: set[str]) -> None:
    actor.must_hold(permissions)
    if POWERFUL in permissions:
        actor.must_be_fresh(tx)


def _write(tx: Transaction, name: str, permissions: Iterable[str]) -> None:
    tx.execute(delete(RolePermission).where(RolePermission.role == name))
    tx.add_all(RolePermission(role=name, permission=permission) for permission in sorted(set(permissions)))


def _tell(
    tx: Transaction, action: str, actor: Actor, name: str, origin: audit.Origin, permissions: Iterable[str]
) -> None:
    told = " ".join(sorted(set(permissions)))
    audit.record(tx, action, origin, actor=actor.id, role=name, permissions=told)

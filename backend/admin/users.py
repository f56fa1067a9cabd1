"""people"""

import argparse
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session as Transaction

from backend.admin.here import HERE, print_table
from backend.context import Backend
from backend.people import administration, listing
from backend.people import service as people
from backend.people.actor import operator
from backend.people.models import ACTIVE, SUSPENDED, User

if TYPE_CHECKING:
    from backend.admin.here import Commands

NAME = "users"
STATUSES = {"approve": ACTIVE, "reactivate": ACTIVE, "suspend": SUSPENDED}
PAGE = 500


def add(commands: "Commands") -> None:
    listed = commands.add_parser("list", help="everybody, or those who match")
    listed.add_argument("--search", metavar="TEXT", help="a part of the name or e-mail address")
    listed.add_argument("--status", choices=("pending", "active", "suspended", "deleting"))
    listed.add_argument("--role")
    listed.set_defaults(run=list_users)
    for name, help_, run in (
        ("show", "one person", show_user),
        ("approve", "let a person in who waits", change_status),
        ("suspend", "sign a person out everywhere and keep them out", change_status),
        ("reactivate", "end a suspension", change_status),
        ("make-admin", "give the role admin, and let them in", make_admin),
    ):
        _about_one(commands, name, help_).set_defaults(run=run)
    for name, help_ in (("give", "give a role"), ("take", "take a role")):
        command = _about_one(commands, name, help_)
        command.add_argument("role")
        command.set_defaults(run=change_role)


def _about_one(commands: "Commands", name: str, help_: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_)
    command.add_argument("user", help="id, or an e-mail address that is verified")
    return command


def list_users(parts: Backend, told: argparse.Namespace) -> None:
    wanted, before = listing.Wanted(told.search, told.status, told.role), None
    while True:
        with parts.database.read() as tx:
            found = listing.people_like(tx, wanted, before, PAGE)
            roles = listing.roles_by_person(tx, [user.id for user in found])
        print_table(
            (user.id, user.status, ",".join(roles[user.id]) or "-", _address(user), f"({user.issuer})")
            for user in found
        )
        if len(found) < PAGE:
            return
        before = found[-1].id


def show_user(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.read() as tx:
        user = _one(tx, told.user)
        seen = listing.last_seen(tx, [user.id]).get(user.id)
        roles, permissions = people.roles_of(tx, user.id), people.permissions_of(tx, user)
    print_table(
        [
            ("id", user.id),
            ("name", user.name or "-"),
            ("e-mail", _address(user)),
            ("status", user.status),
            ("roles", ", ".join(roles) or "-"),
            ("permissions", ", ".join(permissions) or "-"),
            ("identity", f"{user.issuer} {user.subject}"),
            ("since", user.created_at.isoformat()),
            ("last seen", seen.isoformat() if seen else "-"),
        ]
    )


def change_status(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        user = _to_change(tx, told.user)
        administration.change_status(tx, operator(parts.policy), user, STATUSES[told.command], HERE)
        _tell(tx, user)


def make_admin(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        user, actor = _to_change(tx, told.user), operator(parts.policy)
        held = people.roles_of(tx, user.id)
        administration.change_roles(tx, actor, user, [*held, administration.ADMIN], HERE)
        tx.flush()
        administration.change_status(tx, actor, user, ACTIVE, HERE)
        _tell(tx, user)


def change_role(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        user = _to_change(tx, told.user)
        administration.refuse_unknown(tx, [told.role], "/role")
        held = set(people.roles_of(tx, user.id))
        wanted = held | {told.role} if told.command == "give" else held - {told.role}
        administration.change_roles(tx, operator(parts.policy), user, wanted, HERE)
        _tell(tx, user)


def _tell(tx: Transaction, user: User) -> None:
    tx.flush()
    print(f"{user.id} is {user.status}: {', '.join(people.roles_of(tx, user.id)) or 'no role'}")


def _address(user: User) -> str:
    if user.email is None or user.email_verified:
        return user.email or "-"
    return f"{user.email} (not confirmed)"


def _to_change(tx: Transaction, wanted: str) -> User:
    """The same as `_one`, as they are now, and to nobody else until the end of the transaction."""
    user = _one(tx, wanted)
    tx.refresh(user, with_for_update=True)
    return user


def _one(tx: Transaction, wanted: str) -> User:
    """The person with this id, or the only one with this e-mail address, if the provider vouches for it."""
    by_email = and_(User.email == wanted.lower(), User.email_verified)
    found = list(tx.scalars(select(User).where(or_(User.id == wanted, by_email))))
    if len(found) != 1:
        raise LookupError(
            f"{len(found)} people match {wanted!r}; only confirmed addresses count. "
            "Use the id that `users list` shows."
        )
    return found[0]

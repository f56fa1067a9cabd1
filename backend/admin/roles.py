"""roles"""

import argparse
from typing import TYPE_CHECKING

from backend.admin.here import HERE, print_table
from backend.context import Backend
from backend.people.actor import operator
from backend.roles import service as roles
from backend.roles.schemas import RoleDraft

if TYPE_CHECKING:
    from backend.admin.here import Commands

NAME = "roles"


def add(commands: "Commands") -> None:
    commands.add_parser("list", help="all of them, and what they allow").set_defaults(run=list_roles)
    for name, help_ in (("make", "a new one"), ("change", "what one allows, from now on")):
        command = commands.add_parser(name, help=help_)
        command.add_argument("role")
        command.add_argument("permissions", nargs="*", metavar="permission")
        command.set_defaults(run=write_role)
    removed = commands.add_parser("remove", help="take it from everybody")
    removed.add_argument("role")
    removed.set_defaults(run=remove_role)


def list_roles(parts: Backend, _told: argparse.Namespace) -> None:
    with parts.database.read() as tx:
        found = roles.all_of_them(tx)
    print_table(
        (
            role.name,
            "built-in" if role.built_in else "",
            "1 person" if role.people == 1 else f"{role.people} people",
            " ".join(role.permissions) or "-",
        )
        for role in found
    )


def write_role(parts: Backend, told: argparse.Namespace) -> None:
    draft = RoleDraft(name=told.role, permissions=told.permissions)
    roles.refuse_unknown(parts.policy, draft.permissions)
    write = roles.make if told.command == "make" else roles.change
    with parts.database.write() as tx:
        write(tx, operator(parts.policy), draft.name, draft.permissions, HERE)
    print(f"{draft.name} allows: {' '.join(sorted(set(draft.permissions))) or 'nothing'}")


def remove_role(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        roles.remove(tx, operator(parts.policy), told.role, HERE)
    print(f"{told.role} is gone")

"""Administration from the command line: python -m backend.admin users|keys …

It works on the database itself, so it is for who runs the platform; each change is in the audit.
"""

import argparse
import sys
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.context import Backend, build
from backend.keys import service as keys
from backend.people import service as people
from backend.people.models import ACTIVE, SUSPENDED, User
from backend.settings import BackendSettings
from servicekit.settings import SettingsError

HERE = audit.Origin(address="command line")


def main(argv: list[str] | None = None) -> None:
    """Run one command; exit 2 with one line when it cannot be done."""
    told = _arguments().parse_args(argv)
    try:
        parts = build(BackendSettings.from_environment())
        told.run(parts, told)
    except (SettingsError, LookupError) as error:
        sys.exit(f"admin: {error}")


def list_users(parts: Backend, _told: argparse.Namespace) -> None:
    with parts.database.read() as tx:
        for user in tx.scalars(select(User).order_by(User.created_at)):
            roles = ",".join(people.roles_of(tx, user.id)) or "-"
            print(f"{user.id}  {user.status:9}  {roles:12}  {_address(user)}  ({user.issuer})")


def _address(user: User) -> str:
    if user.email is None or user.email_verified:
        return user.email or "-"
    return f"{user.email} (not confirmed)"


def change_user(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        user = _one(tx, told.user)
        if told.command == "suspend":
            people.set_status(tx, user, SUSPENDED, HERE)
        elif told.command == "reactivate":
            people.set_status(tx, user, ACTIVE, HERE)
        elif told.command == "make-admin":
            people.give_role(tx, user, "admin", HERE)
            people.set_status(tx, user, ACTIVE, HERE)
        else:
            people.approve(tx, user, HERE)
        print(f"{user.id} is {user.status}: {', '.join(people.roles_of(tx, user.id)) or 'no role'}")


def rotate_keys(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        kid = keys.rotate(tx, parts.vault, timedelta(seconds=told.lead))
        audit.record(tx, audit.KEYS_ROTATED, HERE, kid=kid)
    print(f"Key {kid} is published; it signs in {told.lead} s; older keys retire later.")


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


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="admin", description="Administration of the platform.")
    areas = parser.add_subparsers(required=True, metavar="users|keys")
    users = areas.add_parser("users", help="people").add_subparsers(dest="command", required=True)
    users.add_parser("list", help="everybody").set_defaults(run=list_users)
    for name, help_ in (
        ("approve", "let a person in who waits"),
        ("suspend", "sign a person out everywhere and keep them out"),
        ("reactivate", "end a suspension"),
        ("make-admin", "give the role admin"),
    ):
        command = users.add_parser(name, help=help_)
        command.add_argument("user", help="id, or an e-mail address that is verified")
        command.set_defaults(run=change_user)
    signing = areas.add_parser("keys", help="signing keys").add_subparsers(dest="command", required=True)
    rotate = signing.add_parser("rotate", help="publish a new key and sign with it soon")
    rotate.add_argument(
        "--lead", type=int, default=keys.LEAD.seconds, metavar="SECONDS", help="until it signs"
    )
    rotate.set_defaults(run=rotate_keys)
    return parser


if __name__ == "__main__":
    main()

"""invitations"""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.admin.here import HERE, print_table
from backend.context import Backend
from backend.invitations import service as invitations
from backend.invitations.models import Invitation
from backend.invitations.schemas import InvitationDraft
from backend.people import administration
from backend.people.actor import operator
from servicekit.ids import now

if TYPE_CHECKING:
    from backend.admin.here import Commands

NAME = "invitations"
SHOWN = 1000


def add(commands: "Commands") -> None:
    commands.add_parser("list", help="the newest first").set_defaults(run=list_invitations)
    made = commands.add_parser("make", help="prints a link for one person, once")
    made.add_argument("email")
    made.add_argument("--role", default="member")
    made.add_argument("--days", type=int, default=7, help="how long the link works")
    made.set_defaults(run=make_invitation)
    withdrawn = commands.add_parser("withdraw", help="nobody can accept it any more")
    withdrawn.add_argument("invitation", help="id, as `invitations list` shows it")
    withdrawn.set_defaults(run=withdraw_invitation)


def list_invitations(parts: Backend, _told: argparse.Namespace) -> None:
    with parts.database.read() as tx:
        found = invitations.of_all(tx, None, SHOWN)
    print_table((row.id, row.email, row.role, _state(row)) for row in found)


def _state(row: Invitation) -> str:
    if row.accepted_at:
        return "accepted"
    return f"until {row.expires_at:%Y-%m-%d %H:%M}" if row.expires_at > now() else "expired"


def make_invitation(parts: Backend, told: argparse.Namespace) -> None:
    draft = InvitationDraft(email=told.email, role=told.role, days=told.days)
    life = timedelta(days=draft.days)
    with parts.database.write() as tx:
        administration.refuse_unknown(tx, [draft.role], "/role")
        made, code = invitations.invite(tx, operator(parts.policy), draft.email, draft.role, life, HERE)
    print(f"{made.id}\n{invitations.link(parts.settings.public_url, code)}")


def withdraw_invitation(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        invitations.withdraw(tx, operator(parts.policy), told.invitation, HERE)
    print(f"{told.invitation} is withdrawn")

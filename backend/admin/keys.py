"""signing keys of the identity tokens"""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.admin.here import HERE, print_table
from backend.audit import service as audit
from backend.context import Backend
from backend.keys import service as keys
from backend.keys.models import SigningKey
from backend.sealed import salt
from servicekit.ids import now

if TYPE_CHECKING:
    from backend.admin.here import Commands

NAME = "keys"


def add(commands: "Commands") -> None:
    commands.add_parser("list", help="those that are published").set_defaults(run=list_keys)
    rotate = commands.add_parser("rotate", help="publish a new key and sign with it soon")
    for option, default, help_ in (
        ("--lead", keys.LEAD, "until it signs"),
        ("--overlap", keys.OVERLAP, "for which the older ones are published after that"),
    ):
        seconds = int(default.total_seconds())
        rotate.add_argument(option, type=int, default=seconds, metavar="SECONDS", help=help_)
    rotate.set_defaults(run=rotate_keys)


def list_keys(parts: Backend, _told: argparse.Namespace) -> None:
    with parts.database.read() as tx:
        found = keys.living(tx)
    due = [row.kid for row in found if row.activates_at <= now()]
    print_table((row.kid, _state(row, signs=row.kid in due[-1:])) for row in found)


def _state(row: SigningKey, *, signs: bool) -> str:
    told = "signs" if signs else f"signs from {row.activates_at:%H:%M:%S}" if row.activates_at > now() else ""
    gone = f"is gone at {row.retires_at:%Y-%m-%d %H:%M:%S} UTC" if row.retires_at else ""
    return ", ".join(text for text in (told, gone) if text)


def rotate_keys(parts: Backend, told: argparse.Namespace) -> None:
    with parts.database.write() as tx:
        lead, overlap = timedelta(seconds=told.lead), timedelta(seconds=told.overlap)
        kid = keys.rotate(tx, parts.vault, lead, overlap)
        salt.ensure(tx, parts.vault)  # lost with the master key, if that was lost
        audit.record(tx, audit.KEYS_ROTATED, HERE, kid=kid)
    print(f"Key {kid} is published; it signs in {told.lead} s; older keys retire {told.overlap} s later.")

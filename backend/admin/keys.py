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
    lead, after = int(keys.LEAD.total_seconds()), "for which the older ones are published after that"
    rotate.add_argument("--lead", type=int, default=lead, metavar="SECONDS", help="until it signs")
    longest = "normally ten minutes longer than message tokens live"
    rotate.add_argument("--overlap", type=int, metavar="SECONDS", help=f"{after} ({longest})")
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
    life = parts.settings.message_token_life
    overlap = keys.overlap_for(life) if told.overlap is None else timedelta(seconds=told.overlap)
    with parts.database.write() as tx:
        kid = keys.rotate(tx, parts.vault, overlap, timedelta(seconds=told.lead))
        salt.ensure(tx, parts.vault)  # lost with the master key, if that was lost
        audit.record(tx, audit.KEYS_ROTATED, HERE, kid=kid)
    seconds = int(overlap.total_seconds())
    print(f"Key {kid} is published; it signs in {told.lead} s; older keys retire {seconds} s later.")
    if seconds < life:
        print("What waits in queues with a message token of an older key is refused from then on.")

"""the audit"""

import argparse
from typing import TYPE_CHECKING

from backend.admin.here import HERE
from backend.audit import retention
from backend.context import Backend

if TYPE_CHECKING:
    from backend.admin.here import Commands

NAME = "audit"


def add(commands: "Commands") -> None:
    pruned = commands.add_parser("prune", help="remove what is older than AUDIT_RETENTION, now")
    pruned.set_defaults(run=prune)


def prune(parts: Backend, _told: argparse.Namespace) -> None:
    days = parts.settings.audit_retention
    removed = retention.prune(parts.database, days, HERE)
    print(
        "AUDIT_RETENTION is not set: the audit is kept for ever."
        if days is None
        else f"{removed} entries older than {days} days were removed."
    )

"""the master key"""

import argparse
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from backend.admin.here import HERE
from backend.context import Backend
from backend.sealed import rotation
from backend.sealed.ring import Ring

if TYPE_CHECKING:
    from backend.admin.here import Commands

NAME = "secrets"
say = partial(print, flush=True)


def add(commands: "Commands") -> None:
    rotate = commands.add_parser(
        "rotate", help="replace the master key while everything runs; killed, it goes on when called again"
    )
    seconds = int(rotation.OVERLAP.total_seconds())
    rotate.add_argument(
        "--overlap", type=int, default=seconds, metavar="SECONDS", help="for which the old key still opens"
    )
    rotate.set_defaults(run=rotate_secrets)
    resealed = commands.add_parser(
        "reseal", help="seal anew with the first key: where another program writes the file"
    )
    resealed.set_defaults(run=lambda parts, _told: rotation.reseal(parts, say))


def rotate_secrets(parts: Backend, told: argparse.Namespace) -> None:
    ring = Ring(parts.settings.secrets_dir)
    rotation.rotate(parts, ring, HERE, say, timedelta(seconds=told.overlap))

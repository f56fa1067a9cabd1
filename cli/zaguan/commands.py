"""The tree of commands. An area (`sign_in`, `documents`, `tokens`) adds its own with `register(commands)`."""

import argparse
from collections.abc import Callable
from typing import Any

from zaguan.session import Session

Run = Callable[[Session, argparse.Namespace], None]


class Commands:
    """One level of the tree."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._level = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, run: Run, help_: str) -> argparse.ArgumentParser:
        """A command; `run` does it."""
        parser = self._level.add_parser(name, help=help_, description=help_)
        add_common(parser)
        parser.set_defaults(run=run)
        return parser

    def area(self, name: str, help_: str) -> "Commands":
        """A word with commands below it."""
        return Commands(self._level.add_parser(name, help=help_, description=help_))


def number(least: int, most: int) -> Callable[[str], int]:
    """For an argument: a whole number within bounds."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def add_common(parser: argparse.ArgumentParser, **defaults: Any) -> None:
    """What may be said of every command, before or after it."""
    parser.add_argument(
        "--json", action="store_true", default=defaults.get("json", argparse.SUPPRESS), help="results as JSON"
    )
    parser.add_argument(
        "--profile",
        metavar="NAME",
        default=defaults.get("profile", argparse.SUPPRESS),
        help="which sign-in, if there are several (or ZAGUAN_PROFILE)",
    )

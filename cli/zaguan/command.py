"""The `zaguan` command: reads the line, runs it, and tells in one line what went wrong."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from zaguan import __version__, ai, documents, sign_in, tokens
from zaguan.commands import Commands, add_common
from zaguan.failures import INTERRUPTED, Failure
from zaguan.session import Session
from zaguan.settings import Settings
from zaguan.show import Screen

AREAS = (sign_in, documents, ai, tokens)
EPILOG = """\
exit codes: 0 done, 1 failed, 2 wrong command line, 3 not signed in, 4 not allowed, 5 not found, 6 changed meanwhile,
7 content refused, 8 not reachable, 130 interrupted

In scripts, ZAGUAN_TOKEN may hold a personal access token; ZAGUAN_URL then says where it is good.
"""


def run() -> None:
    """The process's own command line; what its terminal has no letter for is shown as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    told = _parser().parse_args(argv)
    screen = Screen(as_json=told.json)
    try:
        told.run(Session(Settings.read(told.profile), screen), told)
    except Failure as failure:
        screen.break_off()
        screen.say(f"zaguan: {failure}")
        return failure.code
    except KeyboardInterrupt:
        screen.break_off()
        return INTERRUPTED
    except BrokenPipeError:  # who reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        screen.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zaguan",
        description="Zaguán on the command line: one sign-in, every service.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"zaguan {__version__}")
    add_common(parser, json=False, profile=None)
    commands = Commands(parser)
    for area in AREAS:
        area.register(commands)
    return parser

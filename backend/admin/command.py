"""The command: which areas there are, and how it fails in one line."""

import argparse
import sys

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import SQLAlchemyError

from backend.admin import audit, invitations, keys, roles, secrets, users
from backend.context import build
from backend.settings import BackendSettings
from servicekit.problems import InvalidFields, Problem
from servicekit.settings import SettingsError

SHAPES = {
    "email": "an e-mail address, such as somebody@example.com",
    "name": "a name for a role: small letters, digits and hyphens, such as editor",
    "role": "the name of a role: small letters, digits and hyphens, such as editor",
}
AREAS = (users, roles, invitations, keys, secrets, audit)


def main(argv: list[str] | None = None) -> None:
    """Run one command; exit 1 with one line when it cannot be done, 2 when it is not a command."""
    told = _arguments().parse_args(argv)
    try:
        told.run(build(BackendSettings.from_environment()), told)
    except (SettingsError, LookupError) as error:
        sys.exit(f"admin: {error}")
    except InvalidFields as problem:
        sys.exit("admin: " + "; ".join(error["detail"] for error in problem.errors))
    except Problem as problem:
        sys.exit(f"admin: {problem.detail}")
    except ValidationError as error:
        sys.exit("admin: " + "; ".join(map(_wrong, error.errors())))
    except SQLAlchemyError as error:
        sys.exit(f"admin: The database does not answer, or lacks migrations ({type(error).__name__}).")
    except KeyboardInterrupt:
        sys.exit("admin: interrupted")


def _wrong(error: ErrorDetails) -> str:
    """A field in words: who types a command should not have to read a pattern."""
    name = str(error["loc"][0])
    if error["type"] == "string_pattern_mismatch":
        return f"{error['input']!r} is not {SHAPES[name]}"
    return f"{name}: {error['msg']}"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="admin", description="Administration of the platform.")
    areas = parser.add_subparsers(required=True, metavar="|".join(area.NAME for area in AREAS))
    for area in AREAS:
        commands = areas.add_parser(area.NAME, help=area.__doc__)
        area.add(commands.add_subparsers(dest="command", required=True))
    return parser

"""What the deployer has set: the environment, and below it the optional file `.env`."""

import os
import re
from pathlib import Path

from scripts.console import Failure

LINE = re.compile(
    r"""(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^"'#]*?)\s*(?:\s#.*)?"""
)


def deployer_settings(env_file: Path) -> dict[str, str]:
    """Every variable of the environment; what it lacks, or has empty, comes from the file."""
    given = {name: value for name, value in os.environ.items() if value}
    return read_env_file(env_file) | given


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines; quotes are optional, `#` begins a comment. An absent file sets nothing."""
    if not path.exists():
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read ({type(error).__name__}).") from None
    return dict(_parse(path, number, line) for number, line in enumerate(lines, 1) if _says_something(line))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _parse(path: Path, number: int, line: str) -> tuple[str, str]:
    match = LINE.fullmatch(line.strip())
    if not match:
        raise Failure(f"{path}, line {number}: expected NAME=value.")
    value = match["value"]
    return match["name"], value[1:-1] if value[:1] in {'"', "'"} else value


def port_number(settings: dict[str, str]) -> int:
    """PORT, where the gateway listens; the services take those after it."""
    text = settings.get("PORT", "8080")
    if not text.isdecimal() or not 1 <= int(text) <= 65_520:
        raise Failure(f"PORT must be a number from 1 to 65520, not {text!r}.")
    return int(text)

"""Permissions, built-in roles and audiences, as contracts/policy.toml names them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from servicekit.people import INTERNAL
from servicekit.settings import SettingsError

FILE = Path(__file__).resolve().parents[1] / "contracts" / "policy.toml"


class BadPolicy(SettingsError):
    """The file cannot be read, or uses a permission that it does not declare."""


@dataclass(frozen=True)
class Policy:
    described: dict[str, str]
    """Every permission, and what it allows in a few words."""
    roles: dict[str, frozenset[str]]
    audiences: dict[str, frozenset[str]]

    def scope(self, audience: str, held: frozenset[str]) -> list[str]:
        """What a token for `audience` may say of somebody who holds `held`, in order."""
        return sorted(held & self.audiences.get(audience, frozenset()))


def read_policy(file: Path = FILE) -> Policy:
    """The policy in `file`; a name that is used but not declared stops the process."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        described = {name: str(text) for name, text in told["permissions"].items()}
        roles = {name: frozenset(held) for name, held in told["roles"].items()}
        audiences = {name: frozenset(held) for name, held in told["audiences"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadPolicy(f"The policy {file} cannot be read: {error}.") from None
    unknown = frozenset[str]().union(*roles.values(), *audiences.values()) - described.keys()
    if unknown:
        raise BadPolicy(f"{file} uses permissions that it does not declare: {', '.join(sorted(unknown))}.")
    if reserved := sorted(name for name in described if name.startswith(INTERNAL)):
        raise BadPolicy(f"{file} declares {', '.join(reserved)}: only services have these, not people.")
    return Policy(described, roles, audiences)

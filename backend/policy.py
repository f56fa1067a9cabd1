"""Permissions, built-in roles, audiences and Google's scopes, as contracts/policy.toml names them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from servicekit.people import INTERNAL
from servicekit.settings import SettingsError

FILE = Path(__file__).resolve().parents[1] / "contracts" / "policy.toml"


class BadPolicy(SettingsError):
    """The file cannot be read, or uses a name that it does not declare."""


@dataclass(frozen=True)
class GoogleScope:
    """What a person may connect: the provider's own name of it, and what it allows in a few words."""

    scope: str
    allows: str


@dataclass(frozen=True)
class Google:
    """What may be connected, and which service may ask for what of it."""

    scopes: dict[str, GoogleScope] = field(default_factory=dict)
    services: dict[str, frozenset[str]] = field(default_factory=dict)

    def spelled(self, names: Iterable[str]) -> list[str]:
        """The provider's scopes for our names of them; names that are not offered any more are left out."""
        return [told.scope for name, told in self.scopes.items() if name in set(names)]

    def users_of(self, name: str) -> list[str]:
        """The services that may ask for it."""
        return sorted(service for service, may in self.services.items() if name in may)

    def named(self, scopes: Iterable[str]) -> list[str]:
        """Our names for the provider's scopes; what we do not know is left out."""
        wanted = set(scopes)
        return sorted(name for name, told in self.scopes.items() if told.scope in wanted)


@dataclass(frozen=True)
class Policy:
    described: dict[str, str]
    """Every permission, and what it allows in a few words."""
    roles: dict[str, frozenset[str]]
    audiences: dict[str, frozenset[str]]
    google: Google = field(default_factory=Google)

    def scope(self, audience: str, held: frozenset[str]) -> list[str]:
        """What a token for `audience` may say of somebody who holds `held`, in order."""
        return sorted(held & self.audiences.get(audience, frozenset()))


def read_policy(file: Path = FILE) -> Policy:
    """The policy in `file`; a name that is used but not declared stops the process."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        described = {name: str(text) for name, text in told["permissions"].items()}
        roles, audiences = _sets(told["roles"]), _sets(told["audiences"])
        google = _google(told.get("google", {}))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadPolicy(f"The policy {file} cannot be read: {error}.") from None
    _refuse_unknown(file, "permissions", (*roles.values(), *audiences.values()), described)
    _refuse_unknown(file, "scopes of Google", google.services.values(), google.scopes)
    if reserved := sorted(name for name in described if name.startswith(INTERNAL)):
        raise BadPolicy(f"{file} declares {', '.join(reserved)}: only services have these, not people.")
    return Policy(described, roles, audiences, google)


def _sets(table: dict[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(held) for name, held in table.items()}


def _google(table: dict[str, Any]) -> Google:
    scopes = {
        name: GoogleScope(str(told["scope"]), str(told["allows"]))
        for name, told in table.get("scopes", {}).items()
    }
    return Google(scopes, _sets(table.get("services", {})))


def _refuse_unknown(file: Path, what: str, used: Iterable[frozenset[str]], declared: Iterable[str]) -> None:
    unknown = frozenset[str]().union(*used) - frozenset(declared)
    if unknown:
        raise BadPolicy(f"{file} uses {what} that it does not declare: {', '.join(sorted(unknown))}.")

"""Permissions, built-in roles, audiences and Google's scopes, as contracts/policy.toml names them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from servicekit.events.topology import topology
from servicekit.people import INTERNAL
from servicekit.settings import SettingsError

TRUST_ROOT = "backend"
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
class Pair:
    """What a service that calls another may carry over, for the person whom it serves."""

    permissions: frozenset[str]
    visitors: bool = False
    """Whether who has not signed in is passed on, too; they have no permission there either."""


@dataclass(frozen=True)
class Policy:
    described: dict[str, str]
    """Every permission, and what it allows in a few words."""
    roles: dict[str, frozenset[str]]
    audiences: dict[str, frozenset[str]]
    google: Google = field(default_factory=Google)
    exchange: dict[str, dict[str, Pair]] = field(default_factory=dict)
    """Who calls → whom."""
    messages: dict[str, frozenset[str]] = field(default_factory=dict)
    """Type of event → what a token for such a message may carry."""
    platform: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    """Who calls as itself → whom → what it may there."""

    def pair(self, caller: str, audience: str) -> Pair | None:
        """What `caller` may carry over to `audience`; None if it may not call there."""
        return self.exchange.get(caller, {}).get(audience)

    def scope(self, audience: str, held: frozenset[str]) -> list[str]:
        """What a token for `audience` may say of somebody who holds `held`, in order."""
        return sorted(held & self.audiences.get(audience, frozenset()))


def read_policy(file: Path = FILE) -> Policy:
    """The policy in `file`; a name that is used but not declared stops the process."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        described = {name: str(text) for name, text in told["permissions"].items()}
        roles, audiences = _sets(told["roles"]), _sets(told["audiences"])
        google, exchange = _google(told.get("google", {})), _exchange(told.get("exchange", {}))
        messages = _sets(told.get("messages", {}))
        platform = {caller: _sets(row) for caller, row in told.get("platform", {}).items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadPolicy(f"The policy {file} cannot be read: {error}.") from None
    carried = (*roles.values(), *audiences.values(), *messages.values())
    _refuse_unknown(file, "permissions", carried, described)
    _refuse_unknown(file, "scopes of Google", google.services.values(), google.scopes)
    if reserved := sorted(name for name in described if name.startswith(INTERNAL)):
        raise BadPolicy(f"{file} declares {', '.join(reserved)}: only services have these, not people.")
    _refuse_pairs(file, exchange, audiences)
    _refuse_messages(file, messages)
    _refuse_platform(file, platform, described)
    return Policy(described, roles, audiences, google, exchange, messages, platform)


def _sets(table: dict[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(held) for name, held in table.items()}


def _google(table: dict[str, Any]) -> Google:
    scopes = {
        name: GoogleScope(str(told["scope"]), str(told["allows"]))
        for name, told in table.get("scopes", {}).items()
    }
    return Google(scopes, _sets(table.get("services", {})))


def _exchange(table: dict[str, dict[str, Any]]) -> dict[str, dict[str, Pair]]:
    return {caller: {name: _pair(told) for name, told in row.items()} for caller, row in table.items()}


def _pair(told: Any) -> Pair:
    """`["ai:use"]`, or `{ permissions = ["ai:use"], visitors = true }`."""
    if isinstance(told, list):
        return Pair(frozenset(told))
    if unknown := told.keys() - {"permissions", "visitors"}:
        raise ValueError(f"[exchange] knows no {', '.join(sorted(unknown))}")
    visitors = told.get("visitors", False)
    if not isinstance(visitors, bool):
        raise TypeError("visitors must be true or false")
    return Pair(frozenset(told["permissions"]), visitors)


def _refuse_pairs(
    file: Path, exchange: dict[str, dict[str, Pair]], audiences: dict[str, frozenset[str]]
) -> None:
    """Nobody acts for a person at the backend itself, and what an audience is not told cannot be carried to it."""
    for caller, row in exchange.items():
        for audience, pair in row.items():
            if TRUST_ROOT in (caller, audience) or caller == audience:
                raise BadPolicy(f"{file} lets {caller} call {audience}: [exchange] is between two services.")
            if lost := pair.permissions - audiences.get(audience, frozenset()):
                told = f"{file} lets {caller} carry {', '.join(sorted(lost))} to {audience}"
                raise BadPolicy(f"{told}, which [audiences] does not let {audience} know.")


def _refuse_messages(file: Path, messages: Iterable[str]) -> None:
    told = [event for events in topology().exchanges.values() for event in events]
    if unknown := sorted(set(messages) - set(told)):
        raise BadPolicy(f"{file} lets {', '.join(unknown)} speak for people, which contracts/events has not.")


def _refuse_platform(
    file: Path, platform: dict[str, dict[str, frozenset[str]]], described: Iterable[str]
) -> None:
    """What a service does as itself is no person's to do, and the backend needs no token of its own making."""
    for caller, row in platform.items():
        if caller in {TRUST_ROOT, *row}:
            raise BadPolicy(f"{file}, [platform]: {caller} calls itself, or is the backend.")
        for audience, permissions in row.items():
            if shared := sorted(
                name for name in permissions if name in described or name.startswith(INTERNAL)
            ):
                told = f"{file} lets {caller} do {', '.join(shared)} at {audience} as itself"
                raise BadPolicy(
                    f"{told}, which are people's or the backend's. Name one that nobody else has."
                )


def _refuse_unknown(file: Path, what: str, used: Iterable[frozenset[str]], declared: Iterable[str]) -> None:
    unknown = frozenset[str]().union(*used) - frozenset(declared)
    if unknown:
        raise BadPolicy(f"{file} uses {what} that it does not declare: {', '.join(sorted(unknown))}.")

"""Permissions, built-in roles and audiences, as contracts/policy.toml names them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "contracts" / "policy.toml"


@dataclass(frozen=True)
class Policy:
    permissions: frozenset[str]
    roles: dict[str, frozenset[str]]
    audiences: dict[str, frozenset[str]]

    def scope(self, audience: str, held: frozenset[str]) -> list[str]:
        """What a token for `audience` may say of somebody who holds `held`, in order."""
        return sorted(held & self.audiences.get(audience, frozenset()))


@cache
def policy() -> Policy:
    """The policy of this release; a name that is used but not declared stops the process."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = frozenset(told["permissions"])
    roles = {name: frozenset(held) for name, held in told["roles"].items()}
    audiences = {name: frozenset(held) for name, held in told["audiences"].items()}
    unknown = frozenset[str]().union(*roles.values(), *audiences.values()) - known
    if unknown:
        raise ValueError(
            f"{FILE.name} uses permissions that it does not declare: {', '.join(sorted(unknown))}"
        )
    return Policy(known, roles, audiences)

"""A sign-in under way lives in the browser: a sealed cookie holds its state, nonce, verifier and way back.

What the server keeps is only that a state has been used, so that a callback cannot be replayed.
"""

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self, TypeVar

from backend.once import first_use
from backend.vault import Unsealable, Vault
from servicekit.database import Database

LIFE = 600  # seconds to come back from the identity provider
COOKIE = "__Host-signin-"
HOME = "/app"
LOCAL = re.compile(
    r"/(?:(?!\.{1,2}(?:[/?]|\Z))[A-Za-z0-9._~-]+(?:/(?!\.{1,2}(?:[/?]|\Z))[A-Za-z0-9._~-]+)*/?)?"
    r"(?:\?[A-Za-z0-9._~=&%+!*'()-]*)?"
)


@dataclass(frozen=True)
class Attempt:
    """`state` and `nonce` as of OpenID Connect, `verifier` as of PKCE (RFC 7636); `next` a local path.

    With `again` the provider is asked not to let its own session answer. What it is for is sealed in: one that was
    begun for something else is a class of its own, and never this.
    """

    PURPOSE: ClassVar[str] = "sign-in attempt"

    state: str
    nonce: str
    verifier: str
    next: str
    again: bool = field(default=False, kw_only=True)

    @classmethod
    def begin(cls, next_path: str | None, **more: Any) -> Self:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, local_path(next_path), **more)

    def seal(self, vault: Vault) -> str:
        return vault.seal(self.PURPOSE, json.dumps(asdict(self)))


A = TypeVar("A", bound=Attempt)


def cookie_name(state: str) -> str:
    """One cookie an attempt, so that two tabs can sign in at once."""
    return COOKIE + hashlib.sha256(state.encode()).hexdigest()[:12]


def unseal(kind: type[A], vault: Vault, sealed: str | None, state: str) -> A | None:
    """The attempt of this kind that this browser began with `state`, if it did, not long ago."""
    try:
        attempt = kind(**json.loads(vault.open(kind.PURPOSE, sealed or "", LIFE)))
    except Unsealable:
        return None
    return attempt if secrets.compare_digest(attempt.state.encode(), state.encode()) else None


def use(database: Database, state: str) -> bool:
    """Mark `state` as used; False when it was before."""
    return first_use(database, state, LIFE)


def local_path(wanted: str | None) -> str:
    """`wanted` if it is plainly a path of this site, whatever the spelling; else the app's first page."""
    return wanted if wanted and len(wanted) <= 1000 and LOCAL.fullmatch(wanted) else HOME

"""A sign-in under way lives in the browser: a sealed cookie holds its state, nonce, verifier and way back.

What the server keeps is only that a state has been used, so that a callback cannot be replayed.
"""

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from backend.vault import Unsealable, Vault, fingerprint
from servicekit.database import Database, Moment, digest
from servicekit.ids import now

LIFE = 600  # seconds to come back from the identity provider
COOKIE = "__Host-signin-"
CONTEXT = "sign-in attempt"
HOME = "/app"
LOCAL = re.compile(
    r"/(?:(?!\.{1,2}(?:[/?]|\Z))[A-Za-z0-9._~-]+(?:/(?!\.{1,2}(?:[/?]|\Z))[A-Za-z0-9._~-]+)*/?)?"
    r"(?:\?[A-Za-z0-9._~=&%+!*'()-]*)?"
)


class UsedState(Base):
    """The hash of a `state` that has come back; kept for as long as its cookie could live."""

    __tablename__ = "used_states"

    state_hash: Mapped[bytes] = mapped_column(digest(), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment(), index=True)


@dataclass(frozen=True)
class Attempt:
    """`state` and `nonce` as of OpenID Connect, `verifier` as of PKCE (RFC 7636); `next` a local path."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, next_path: str | None) -> "Attempt":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, local_path(next_path))

    def seal(self, vault: Vault) -> str:
        return vault.seal(CONTEXT, json.dumps(asdict(self)))


def cookie_name(state: str) -> str:
    """One cookie an attempt, so that two tabs can sign in at once."""
    return COOKIE + hashlib.sha256(state.encode()).hexdigest()[:12]


def unseal(vault: Vault, sealed: str | None, state: str) -> Attempt | None:
    """The attempt that this browser began with `state`, if it did, not long ago."""
    try:
        attempt = Attempt(**json.loads(vault.open(CONTEXT, sealed or "", LIFE)))
    except Unsealable:
        return None
    return attempt if secrets.compare_digest(attempt.state.encode(), state.encode()) else None


def use(database: Database, state: str) -> bool:
    """Mark `state` as used; False when it was before."""
    try:
        with database.write() as tx:
            tx.execute(delete(UsedState).where(UsedState.expires_at <= now()))
            tx.add(UsedState(state_hash=fingerprint(state), expires_at=now() + timedelta(seconds=LIFE)))
    except IntegrityError:
        return False
    return True


def local_path(wanted: str | None) -> str:
    """`wanted` if it is plainly a path of this site, whatever the spelling; else the app's first page."""
    return wanted if wanted and len(wanted) <= 1000 and LOCAL.fullmatch(wanted) else HOME

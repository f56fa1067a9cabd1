"""What is sealed with the master key for longer than minutes: what a new key has to seal anew.

A feature that keeps something sealed adds a line to SEALED. What lives in a cookie or in an address for at most
`SHORT_LIVED` needs none: the old key opens it until it has run out.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Transaction

from backend.google import service as google
from backend.keys.models import SigningKey
from backend.sealed import salt
from backend.sealed.models import SealedSecret
from backend.sign_in import attempts
from backend.vault import Unsealable, Vault

Reseal = Callable[[Transaction, Vault, str | None, int], str | None]
"""Seals the next rows anew (after this id, at most so many); the last one's id, None when there are no more.

A row that was changed meanwhile stays as it is, and so does one that no key opens."""

SHORT_LIVED = timedelta(seconds=attempts.LIFE)


def _each(key: Any, sealed: Any, context: Callable[[str], str]) -> Reseal:
    """Of a table with one sealed text a row."""

    def reseal(tx: Transaction, vault: Vault, after: str | None, most: int) -> str | None:
        query = select(key, sealed).order_by(key).limit(most)
        rows = tx.execute(query.where(key > after) if after else query).all()
        for name, text in rows:
            try:
                anew = vault.seal(context(name), vault.open(context(name), text))
            except Unsealable:
                continue
            unchanged = update(key.class_).where(key == name, sealed == text)
            tx.execute(unchanged.values({sealed.key: anew}), execution_options={"synchronize_session": False})
        return str(rows[-1][0]) if rows else None

    return reseal


SEALED: dict[str, Reseal] = {
    "signing keys": _each(SigningKey.kid, SigningKey.sealed_private_jwk, lambda kid: f"signing-key {kid}"),
    "own secrets": _each(SealedSecret.name, SealedSecret.sealed, lambda _: salt.CONTEXT),
    "Google's tokens": google.reseal,
}

"""What visitors' names are made with: random, made once, the same for all processes, whatever keys are rotated."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from backend.sealed.models import SealedSecret
from backend.vault import Unsealable, Vault
from servicekit.database import Database

NAME = CONTEXT = "visitor-salt"


class NoSalt(RuntimeError):
    """It is not there, or sealed with a key that is gone: run `migrate`."""


def ensure(tx: Transaction, vault: Vault) -> None:
    """Make it if there is none that opens."""
    try:
        _read(tx, vault)
    except NoSalt:
        tx.merge(SealedSecret(name=NAME, sealed=vault.seal(CONTEXT, secrets.token_hex(32))))


def _read(tx: Transaction, vault: Vault) -> bytes:
    sealed = tx.scalar(select(SealedSecret.sealed).where(SealedSecret.name == NAME))
    try:
        return vault.open(CONTEXT, sealed or "").encode()
    except Unsealable:
        raise NoSalt from None


class VisitorSalt:
    """Read once in each process."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault
        self._value: bytes | None = None

    def value(self) -> bytes:
        if self._value is None:
            with self._database.read() as tx:
                self._value = _read(tx, self._vault)
        return self._value

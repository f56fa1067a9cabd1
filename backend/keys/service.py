"""Signing keys: made, rotated with overlap, published, used."""

import json
import threading
import time
from datetime import datetime, timedelta

from joserfc.jwk import ECKey, KeySetSerialization
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session as Transaction

from backend.keys.models import SigningKey
from backend.vault import Vault
from servicekit.database import Database
from servicekit.ids import now

LEAD = timedelta(
    seconds=120
)  # a new key is published this long before it signs: twice what services keep keys
OVERLAP = timedelta(minutes=10)  # an old key is published this long after all that it signed has run out
FRESH = 5.0  # seconds for which a process trusts what it read of the table


class NoSigningKey(RuntimeError):
    """The table holds no key that may sign now: run `migrate`."""


def ensure(tx: Transaction, vault: Vault) -> None:
    """Make the first signing key if there is none."""
    if tx.scalar(select(SigningKey.kid).limit(1)) is None:
        _add(tx, vault, activates_at=now())


def overlap_for(message_token_life: int) -> timedelta:
    """How long an old key is published after it last signed: message tokens live longest of all that it signs."""
    return timedelta(seconds=message_token_life) + OVERLAP


def rotate(tx: Transaction, vault: Vault, overlap: timedelta, lead: timedelta = LEAD) -> str:
    """Publish a new key that signs after `lead`; the older ones retire after the overlap. Returns its id."""
    moment = now()
    tx.execute(delete(SigningKey).where(SigningKey.retires_at <= moment))
    retires_at = moment + lead + overlap
    tx.execute(update(SigningKey).where(SigningKey.retires_at.is_(None)).values(retires_at=retires_at))
    return _add(tx, vault, activates_at=moment + lead)


def _add(tx: Transaction, vault: Vault, activates_at: datetime) -> str:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True, auto_kid=True)
    kid = str(key.kid)
    private = json.dumps(key.as_dict(private=True))
    tx.add(
        SigningKey(
            kid=kid,
            public_jwk=json.dumps(key.as_dict(private=False)),
            sealed_private_jwk=vault.seal(f"signing-key {kid}", private),
            created_at=now(),
            activates_at=activates_at,
        )
    )
    return kid


def living(tx: Transaction) -> list[SigningKey]:
    """Those that are published, in the order in which they sign."""
    alive = or_(SigningKey.retires_at.is_(None), SigningKey.retires_at > now())
    return list(tx.scalars(select(SigningKey).where(alive).order_by(SigningKey.activates_at)))


class KeyRing:
    """The key to sign with and the keys to publish, read from the table every few seconds."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._lock = threading.Lock()
        self._read_at = -FRESH
        self._rows: list[SigningKey] = []
        self._opened: dict[str, ECKey] = {}

    def signing(self) -> ECKey:
        """The newest key whose time has come."""
        moment = now()
        due = [row for row in self._current() if row.activates_at <= moment]
        if not due:
            raise NoSigningKey
        return self._open(due[-1])

    def public(self) -> KeySetSerialization:
        """The key set as services fetch it."""
        return {"keys": [json.loads(row.public_jwk) for row in self._current()]}

    def _current(self) -> list[SigningKey]:
        with self._lock:
            if time.monotonic() - self._read_at >= FRESH:
                with self._database.read() as tx:
                    self._rows = living(tx)
                self._read_at = time.monotonic()
            return self._rows

    def _open(self, row: SigningKey) -> ECKey:
        """Only the key that signs is opened: the older ones may be sealed with a master key that is gone."""
        if row.kid not in self._opened:
            private = self._vault.open(f"signing-key {row.kid}", row.sealed_private_jwk)
            self._opened = {row.kid: ECKey.import_key(json.loads(private))}
        return self._opened[row.kid]

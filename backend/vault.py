"""Encryption at rest with the master keys (Fernet), each text bound to what it is for."""

import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from servicekit.settings import SettingsError


class Unsealable(RuntimeError):
    """Not ours, altered, too old, or sealed for something else."""


class Vault:
    """Seals with the first master key, opens with any. Fernet binds no context: it is sealed in."""

    def __init__(self, master_keys: list[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in master_keys])
        except ValueError:
            raise SettingsError(
                "secrets/master-key must hold Fernet keys, one a line. See secrets/README.md."
            ) from None

    def seal(self, context: str, secret: str) -> str:
        """`secret`, readable only by `open` with the same `context`."""
        return self._fernet.encrypt(json.dumps([context, secret]).encode()).decode()

    def open(self, context: str, sealed: str, max_age: int | None = None) -> str:
        """What was sealed for `context` at most `max_age` seconds ago."""
        try:
            bound_to, secret = json.loads(self._fernet.decrypt(sealed.encode(), ttl=max_age))
        except (InvalidToken, ValueError) as error:
            raise Unsealable(type(error).__name__) from None
        if bound_to != context or not isinstance(secret, str):
            raise Unsealable("context")
        return secret


def fingerprint(secret: str) -> bytes:
    """SHA-256 of a random secret of 256 bits: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).digest()

"""Encryption at rest with the master keys (Fernet), each text bound to what it is for."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from servicekit.settings import SettingsError, read_secret

log = structlog.get_logger()


class Unsealable(RuntimeError):
    """Not ours, altered, too old, or sealed for something else."""


class Vault:
    """Seals with the first master key, opens with any. Fernet binds no context: it is sealed in."""

    def __init__(self, master_keys: Sequence[str]) -> None:
        self._ring = _ring(master_keys)

    def seal(self, context: str, secret: str) -> str:
        """`secret`, readable only by `open` with the same `context`."""
        return self._keys().encrypt(json.dumps([context, secret]).encode()).decode()

    def open(self, context: str, sealed: str, max_age: int | None = None) -> str:
        """What was sealed for `context` at most `max_age` seconds ago."""
        try:
            bound_to, secret = json.loads(self._keys().decrypt(sealed.encode(), ttl=max_age))
        except (InvalidToken, ValueError) as error:
            raise Unsealable(type(error).__name__) from None
        if bound_to != context or not isinstance(secret, str):
            raise Unsealable("context")
        return secret

    def _keys(self) -> MultiFernet:
        return self._ring


class WatchedVault(Vault):
    """The same with the keys of a file, which may be replaced at any moment: it is looked at before each use."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._mark = self._marked()
        super().__init__(read_secret(file.parent, file.name).split())

    def _keys(self) -> MultiFernet:
        mark = self._marked()
        if mark != self._mark:
            self._mark = mark
            self._renew()
        return self._ring

    def _marked(self) -> tuple[int, int, int] | None:
        """What is different when the file is, or who may read it; None while it cannot be seen.

        Not the time of its content: a copy may keep that (`cp -p`), and a corrected owner does not change it.
        """
        try:
            seen = self._file.stat()
        except OSError:
            return None
        return seen.st_ctime_ns, seen.st_ino, seen.st_size

    def _renew(self) -> None:
        """What cannot be read changes nothing: better the keys of a moment ago than none."""
        try:
            self._ring = _ring(read_secret(self._file.parent, self._file.name).split())
        except SettingsError as error:
            log.warning("master keys not read again", error=str(error))


def _ring(master_keys: Sequence[str]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in master_keys])
    except ValueError:
        raise SettingsError(
            "secrets/master-key must hold Fernet keys, one a line. See secrets/README.md."
        ) from None


def fingerprint(secret: str) -> bytes:
    """SHA-256 of a random secret of 256 bits: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).digest()

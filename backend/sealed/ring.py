"""The file of the master keys, and beside it how far a rotation is. Written whole or not at all."""

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from servicekit.settings import SettingsError, read_secret

FILE, STATE = "master-key", "master-key.rotation"


@dataclass(frozen=True)
class Rotation:
    """`new` names the key by its hash; `first_since` is when it became the one that seals."""

    new: str
    first_since: datetime | None = None


class Ring:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One rotation at a time."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise SettingsError("Another rotation is at work.") from None
        finally:
            os.close(descriptor)

    def read(self) -> list[str]:
        return read_secret(self._folder, FILE).split()

    def write(self, keys: Sequence[str]) -> None:
        self._replace(FILE, "".join(f"{key}\n" for key in keys))

    @property
    def rotation(self) -> Rotation | None:
        """The one under way; None when there is none, or its key is not in the file any more."""
        try:
            told = json.loads((self._folder / STATE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        since = told["first_since"]
        found = Rotation(told["new"], datetime.fromisoformat(since) if since else None)
        return found if found.new in map(named, self.read()) else None

    def note(self, rotation: Rotation) -> None:
        since = rotation.first_since.isoformat() if rotation.first_since else None
        self._replace(STATE, json.dumps({"new": rotation.new, "first_since": since}))

    def forget(self) -> None:
        (self._folder / STATE).unlink(missing_ok=True)

    def _replace(self, name: str, text: str) -> None:
        try:
            descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=f".{name}-")  # mode 0600
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(descriptor)
            Path(temporary).replace(self._folder / name)
        except OSError as error:
            raise SettingsError(
                f"{self._folder} cannot be written ({error.strerror}). "
                "In containers: docker compose run --rm rotate_secrets"
            ) from None


def named(key: str) -> str:
    """What a key is called where it must not be read: its SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()

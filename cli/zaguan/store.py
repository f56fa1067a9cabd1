"""A small file of JSON for this person's eyes only, written whole or not at all, by one process at a time."""

import contextlib
import fcntl
import json
import os
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zaguan.failures import Failure

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PrivateFile:
    """Mode 0600, in a folder of mode 0700."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Any]:
        """What it holds; nothing if it is not there."""
        try:
            told = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Failure(f"{self.path} cannot be read ({type(error).__name__}). Remove it.") from None
        if not isinstance(told, dict):
            raise Failure(f"{self.path} is not ours. Remove it.")
        return told

    @contextlib.contextmanager
    def changing(self) -> Iterator[dict[str, Any]]:
        """What it holds, to be changed: it is written when the block ends well. Others wait meanwhile.

        Whoever wants to end the process waits, too: what the block got from the platform must not be lost.
        """
        self._make_folder()
        with self._locked(), _uninterrupted():
            content = self.read()
            before = json.dumps(content)
            yield content
            if json.dumps(content) != before:
                self._write(content)

    def _make_folder(self) -> None:
        folder = self.path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_mode & 0o077:
                folder.chmod(0o700)
        except OSError as error:
            raise Failure(f"{folder} cannot be used ({error.strerror}).") from None

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _write(self, content: dict[str, Any]) -> None:
        beside = self.path.with_suffix(f".{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(content, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise Failure(f"{self.path} cannot be written ({error.strerror}).") from None


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

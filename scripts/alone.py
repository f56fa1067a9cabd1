"""One platform per folder: who holds `var/up.lock` runs it. Standard library only."""

from __future__ import annotations

import contextlib
import fcntl
from typing import TYPE_CHECKING

from scripts.console import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def alone(var: Path, address: str = "") -> Iterator[None]:
    """Hold the folder, or tell at which address it runs already. The kernel drops the lock with the process."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Failure(f"It is running from {var}: {lock.read().strip()}. Stop that one first.") from None
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield

"""Fresh, empty databases for tests: a SQLite file, or a database of its own on the run's MariaDB server."""

import contextlib
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from tests.support import mariadb, run_folder

Kind = Literal["sqlite", "mariadb"]
KINDS: tuple[Kind, ...] = ("sqlite", "mariadb")

NewDatabase = Callable[[], str]
"""Makes an empty database and returns its SQLAlchemy URL."""


@contextlib.contextmanager
def fresh_database(kind: Kind, folder: Path) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database. A SQLite file goes into `folder`."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{uuid.uuid4().hex}.db'}"
        return
    server = mariadb.shared(run_folder.path() / "mariadb")
    name = f"test_{uuid.uuid4().hex}"
    server.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    try:
        yield server.url(name)
    finally:
        server.execute(f"DROP DATABASE {name}")

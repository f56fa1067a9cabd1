"""Databases for tests, empty or copied: a SQLite file, or a database of its own on the run's MariaDB server."""

import contextlib
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url

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
    server = _mariadb()
    name = f"test_{uuid.uuid4().hex}"
    server.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    try:
        yield server.url(name)
    finally:
        server.execute(f"DROP DATABASE {name}")


class Template:
    """A database that was made ready once, and is copied for each test that wants it for itself."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._statements = None if url.startswith("sqlite") else _mariadb().dump(_name(url))

    def copy_to(self, url: str) -> None:
        """Fill an empty database of the same kind."""
        if self._statements is not None:
            _mariadb().load(_name(url), self._statements)
            return
        with contextlib.closing(sqlite3.connect(_name(self._url))) as connection:
            connection.execute("VACUUM INTO ?", (_name(url),))


def _mariadb() -> mariadb.Server:
    return mariadb.shared(run_folder.path() / "mariadb")


def _name(url: str) -> str:
    return make_url(url).database or ""

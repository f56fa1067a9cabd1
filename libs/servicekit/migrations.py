"""Alembic migrations as a one-shot job that several replicas may start at once."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

LOCK_WAIT = 120  # seconds


def upgrade(engine: Engine, folder: Path, then: Callable[[], None] = lambda: None) -> None:
    """Bring the schema to the newest revision in `folder`, then do `then` under the same lock.

    Of several processes that start this at once, the later ones wait and find it done.
    """
    with _alone(engine):
        with engine.connect() as connection:
            config = _config(folder)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
        then()


def is_current(engine: Engine, folder: Path) -> bool:
    """Whether every revision in `folder` has been applied."""
    heads = set(ScriptDirectory.from_config(_config(folder)).get_heads())
    with engine.connect() as connection:
        return heads <= set(MigrationContext.configure(connection).get_current_heads())


def run(connection: Connection) -> None:
    """What a service's migrations/env.py calls."""
    from alembic import context

    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """One process at a time: a lock file beside an SQLite database, a named lock on MySQL."""
    if engine.dialect.name != "mysql":
        with _locked_file(engine.url.database):
            yield
        return
    with engine.connect() as connection:
        name = f"migrate-{engine.url.database}"[:64]
        if connection.scalar(text("SELECT GET_LOCK(:name, :wait)"), {"name": name, "wait": LOCK_WAIT}) != 1:
            raise TimeoutError("another migration has been running for two minutes")
        try:
            yield
        finally:
            connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": name})


@contextmanager
def _locked_file(database: str | None) -> Iterator[None]:
    if not database or database == ":memory:":
        yield
        return
    with Path(f"{database}.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

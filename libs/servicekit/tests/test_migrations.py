"""Migrations that several processes start at once run once."""

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import text

from servicekit import migrations
from servicekit.database import Database

ENV = """
from alembic import context
from servicekit import migrations
migrations.run(context.config.attributes["connection"])
"""
FIRST = """
import time
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.create_table("things", sa.Column("name", sa.String(20)))
    time.sleep(0.3)
"""
SECOND = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("INSERT INTO things VALUES ('one')")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A service's migrations, in a folder whose name has a percent sign."""
    folder = tmp_path / "100% migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENV)
    (folder / "versions" / "0001_first.py").write_text(FIRST)
    (folder / "versions" / "0002_second.py").write_text(SECOND)
    return folder


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT name FROM things ORDER BY name")))


def seed(database: Database) -> None:
    """Not safe to run twice, nor by two at once: the lock is what protects it."""
    if "seed" not in names(database):
        with database.write() as session:
            session.execute(text("INSERT INTO things VALUES ('seed')"))


def migrate(url: str, folder: Path) -> None:
    database = Database(url)
    migrations.upgrade(database.engine, folder, then=lambda: seed(database))


def test_of_several_processes_one_migrates(database_url: str, folder: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=migrate, args=(database_url, folder)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
    assert [process.exitcode for process in processes] == [0] * 3
    database = Database(database_url)
    assert migrations.is_current(database.engine, folder)
    assert names(database) == ["one", "seed"]
    database.engine.dispose()


def test_a_newer_revision_makes_the_schema_old(database_url: str, folder: Path) -> None:
    engine = Database(database_url).engine
    second = folder / "versions" / "0002_second.py"
    held_back = second.read_text()
    second.unlink()
    assert not migrations.is_current(engine, folder)
    migrations.upgrade(engine, folder)
    assert migrations.is_current(engine, folder)
    second.write_text(held_back)
    assert not migrations.is_current(engine, folder)
    engine.dispose()

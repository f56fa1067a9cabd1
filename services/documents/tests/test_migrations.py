"""Migrations make the tables that the models describe; several replicas may start them at once."""

import multiprocessing
import os
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select

from documents import __main__ as commands
from documents.app import MIGRATIONS, create_app
from documents.library.models import Base, Document
from documents.samples import service as samples
from documents.settings import Settings
from servicekit import migrations
from servicekit.database import Database
from servicekit.testing import Issuer

FULL_TEXT = "ft_", "document_index"


def include(_object: object, name: str | None, *_: object) -> bool:
    """The full-text indexes are the migrations' own; no model describes them."""
    return not (name or "").startswith(FULL_TEXT)


def test_models_and_migrations_agree(database_url: str) -> None:
    engine = Database(database_url).engine
    migrations.upgrade(engine, MIGRATIONS)
    with engine.connect() as connection:
        options = {"include_object": include, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def migrate(url: str) -> None:
    os.environ["DATABASE_URL"] = url
    commands.migrate()


def test_replicas_that_start_together_migrate_once(database_url: str) -> None:
    processes = [
        multiprocessing.get_context("spawn").Process(target=migrate, args=(database_url,)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
    assert [process.exitcode for process in processes] == [0] * 2
    database = Database(database_url)
    with database.read() as session:
        ids = session.scalars(select(Document.id)).all()
    database.engine.dispose()
    assert sorted(ids) == sorted(sample.id for sample in samples.files())


def test_not_ready_before_the_migrations(database_url: str, issuer: Issuer) -> None:
    app = create_app(Settings(database_url=database_url), issuer.keys())
    before = app.test_client().get("/readyz")
    engine = app.extensions["database"].engine
    migrations.upgrade(engine, MIGRATIONS)
    after = app.test_client().get("/readyz")
    engine.dispose()
    assert (before.status_code, before.get_json()) == (503, {"database": "ok", "migrations": "failing"})
    assert (after.status_code, after.get_json()) == (200, {"database": "ok", "migrations": "ok"})


def test_a_database_that_is_away_is_503(tmp_path: Path, issuer: Issuer) -> None:
    away = f"sqlite:///{tmp_path / 'no such folder' / 'documents.db'}"
    client = create_app(Settings(database_url=away), issuer.keys()).test_client()
    token = issuer.token("documents", "somebody", "documents:read")
    answer = client.get("/api/documents", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "sqlite" not in answer.text.lower()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200

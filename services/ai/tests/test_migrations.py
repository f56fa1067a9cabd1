"""Migrations make the tables that the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from ai.app import MIGRATIONS, create_app
from ai.base import Base
from ai.settings import Settings
from servicekit import migrations
from servicekit.database import Database
from servicekit.testing import Issuer


def test_models_and_migrations_agree(database_url: str) -> None:
    engine = Database(database_url).engine
    migrations.upgrade(engine, MIGRATIONS)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_not_ready_before_the_migrations(database_url: str, issuer: Issuer) -> None:
    app = create_app(Settings(database_url=database_url), issuer.keys())
    before = app.test_client().get("/readyz")
    engine = app.extensions["database"].engine
    migrations.upgrade(engine, MIGRATIONS)
    after = app.test_client().get("/readyz")
    engine.dispose()
    assert (before.status_code, before.get_json()) == (503, {"database": "ok", "migrations": "failing"})
    assert (after.status_code, after.get_json()) == (200, {"database": "ok", "migrations": "ok"})

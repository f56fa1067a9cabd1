"""The documents service, put together."""

from collections.abc import Callable
from pathlib import Path

from apiflask import APIFlask

from documents.imports.routes import blueprint as imports
from documents.indexing.routes import blueprint as indexing
from documents.library.routes import blueprint as library
from documents.own_data.part import files_in
from documents.samples.routes import blueprint as samples
from documents.settings import Settings
from servicekit import create_service, jobs, logs, migrations, people
from servicekit.database import Database
from servicekit.guards import Room, open_to_visitors, services_only, signed_in
from servicekit.identity import Keys
from servicekit.operations.desk import Desk
from servicekit.operations.room import room as operations

NAME = "documents"
MIGRATIONS = Path(__file__).parent / "migrations"
MAX_WIRE = 7 * 1024 * 1024  # bytes: JSON escapes may write one byte of a body as six


def create_app(settings: Settings, keys: Keys | None = None) -> APIFlask:
    """The WSGI application; opens no connection yet."""
    database = Database(settings.database_url, settings.database_password)
    app = create_service(
        NAME,
        settings,
        rooms=[
            Room(library, "/api/documents", signed_in),
            Room(imports, "/api/documents/imports", signed_in),
            jobs.room(NAME, database, read="documents:read", write="documents:write"),
            Room(samples, "/api/documents/samples", open_to_visitors),
            Room(indexing, "/internal/documents", services_only),
            people.room(files_in(database)),
            operations(Desk(NAME, database, settings)),
        ],
        checks={"database": database.check, "migrations": _migrations_applied(database)},
        keys=keys,
        max_body=MAX_WIRE,
    )
    app.description = "Documents that a person saves: Markdown with a title and tags, found again by search."
    app.extensions["database"] = database
    return app


def from_environment() -> APIFlask:
    """What each worker of the web server starts."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, NAME)
    return create_app(settings)


def _migrations_applied(database: Database) -> Callable[[], None]:
    def check() -> None:
        if not migrations.is_current(database.engine, MIGRATIONS):
            raise RuntimeError("python -m documents migrate has not been run")

    return check

"""The AI service, put together."""

from collections.abc import Callable
from pathlib import Path

from apiflask import APIFlask

from ai.models.routes import blueprint as models
from ai.own_data.part import files_in
from ai.settings import Settings
from ai.wire import errors
from servicekit import create_service, logs, migrations, people
from servicekit.database import Database
from servicekit.guards import Room, signed_in
from servicekit.identity import Keys

NAME = "ai"
MIGRATIONS = Path(__file__).parent / "migrations"
MAX_WIRE = 1024 * 1024  # bytes of a request


def create_app(settings: Settings, keys: Keys | None = None) -> APIFlask:
    """The WSGI application; opens no connection and loads no model yet."""
    database = Database(settings.database_url, settings.database_password)
    app = create_service(
        NAME,
        settings,
        rooms=[
            Room(models, "/api/ai/v1/models", signed_in),
            people.room(files_in(database)),
        ],
        checks={"database": database.check, "migrations": _migrations_applied(database)},
        keys=keys,
        max_body=MAX_WIRE,
    )
    app.title = "AI"
    app.description = "Chat and embeddings in OpenAI's wire format, for people and within their budgets."
    app.extensions["database"] = database
    errors.install(app)
    return app


def from_environment() -> APIFlask:
    """What each worker of the web server starts."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, NAME)
    return create_app(settings)


def _migrations_applied(database: Database) -> Callable[[], None]:
    def check() -> None:
        if not migrations.is_current(database.engine, MIGRATIONS):
            raise RuntimeError("python -m ai migrate has not been run")

    return check

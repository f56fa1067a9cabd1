"""The AI service, put together."""

from collections.abc import Callable
from pathlib import Path

from apiflask import APIFlask

from ai.ask.routes import blueprint as ask
from ai.budgets.routes import blueprint as budgets
from ai.budgets.usage_routes import blueprint as usage
from ai.chat.routes import blueprint as chat
from ai.chat.trial import blueprint as trial
from ai.embeddings.routes import blueprint as embeddings
from ai.jobs.routes import blueprint as new_jobs
from ai.models.routes import blueprint as models
from ai.own_data.part import files_in
from ai.parts import parts_of
from ai.search.routes import blueprint as search
from ai.settings import Settings
from ai.tags.routes import blueprint as tags
from ai.trial.routes import blueprint as samples
from ai.wire import errors
from servicekit import create_service, jobs, logs, migrations, people
from servicekit.bridge import Bridge
from servicekit.database import Database
from servicekit.guards import Room, open_to_visitors, signed_in
from servicekit.identity import Keys
from servicekit.operations.desk import Desk
from servicekit.operations.room import room as operations

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
            Room(chat, "/api/ai/v1/chat/completions", signed_in),
            Room(embeddings, "/api/ai/v1/embeddings", signed_in),
            Room(trial, "/api/ai/trial/chat", open_to_visitors),
            Room(usage, "/api/ai/usage", signed_in),
            Room(budgets, "/api/ai/budgets", signed_in),
            Room(search, "/api/ai", signed_in),
            Room(ask, "/api/ai", signed_in),
            Room(tags, "/api/ai", signed_in),
            Room(new_jobs, "/api/ai/jobs", signed_in),
            jobs.room(NAME, database, read="ai:use", write="ai:use"),
            Room(samples, "/api/ai/trial", open_to_visitors),
            people.room(files_in(database)),
            operations(Desk(NAME, database, settings)),
        ],
        checks={"database": database.check, "migrations": _migrations_applied(database)},
        keys=keys,
        max_body=MAX_WIRE,
    )
    app.title = "AI"
    app.description = "Chat and embeddings in OpenAI's wire format, for people and within their budgets."
    app.extensions["database"] = database
    app.extensions["ai"] = parts = parts_of(settings, database)
    app.extensions["metrics"].registry.register(parts.figures.refusals)
    errors.install(app)
    return app


def from_environment() -> Bridge:
    """What each worker of the web server starts."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, NAME)
    app = create_app(settings)
    app.extensions["ai"].keeper.start()
    return Bridge(app, settings.threads, MAX_WIRE)


def _migrations_applied(database: Database) -> Callable[[], None]:
    def check() -> None:
        if not migrations.is_current(database.engine, MIGRATIONS):
            raise RuntimeError("python -m ai migrate has not been run")

    return check

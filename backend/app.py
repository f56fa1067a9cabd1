"""The backend as an application: its parts, its rooms, and who may come into each."""

from apiflask import APIFlask

from backend.context import Backend, build
from backend.migrate import is_migrated
from backend.rooms import ROOMS
from backend.settings import BackendSettings
from servicekit import logs
from servicekit.identity import Keys
from servicekit.service import create_service


def create_app(settings: BackendSettings) -> APIFlask:
    """The backend for `settings`; no I/O but for reading its secrets."""
    parts = build(settings)
    checks = {
        "database": parts.database.check,
        "schema": lambda: is_migrated(parts),
        "keys": lambda: _can_sign(parts),
    }
    app = create_service("backend", settings, rooms=ROOMS, checks=checks, keys=Keys(parts.keys.public))
    app.extensions["backend"] = parts
    return app


def from_environment() -> APIFlask:
    """What each worker of the server loads."""
    settings = BackendSettings.from_environment()
    logs.configure(settings.log_level, "backend")
    return create_app(settings)


def _can_sign(parts: Backend) -> None:
    parts.keys.signing()

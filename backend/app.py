"""The backend as an application: its parts, its rooms, and who may come into each."""

from apiflask import APIFlask
from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from backend import housekeeping
from backend.context import Backend, build
from backend.keys.service import NoSigningKey
from backend.migrate import is_migrated
from backend.rooms import ROOMS
from backend.settings import BackendSettings
from backend.vault import Unsealable
from servicekit import logs
from servicekit.observe import Metrics
from servicekit.service import create_service
from servicekit.settings import SettingsError


def create_app(settings: BackendSettings) -> APIFlask:
    """The backend for `settings`; no I/O but for reading its secrets."""
    parts = build(settings)
    checks = {
        "database": parts.database.check,
        "schema": lambda: is_migrated(parts),
        "keys": lambda: _can_sign(parts),
    }
    app = create_service("backend", settings, rooms=ROOMS, checks=checks, keys=parts.public_keys)
    app.extensions["backend"] = parts
    return app


def refuse_another_master_key(parts: Backend) -> None:
    """Waiting does not help against that one. Whatever else hinders signing is told by the readiness."""
    try:
        _can_sign(parts)
    except Unsealable:
        raise SettingsError(
            f"{parts.settings.secrets_dir / 'master-key'} is not the one that this database's signing key was "
            "sealed with. Put that one back; if it is lost, secrets/README.md says what to do."
        ) from None
    except (NoSigningKey, SQLAlchemyError):
        pass
    finally:
        parts.database.engine.dispose()


def streams_from_environment() -> APIFlask:
    """The same for the command `streams`: it follows what changes, and leaves the chores to others."""
    settings = BackendSettings.from_environment()
    logs.configure(settings.log_level, "backend")
    app = create_app(settings)
    parts: Backend = app.extensions["backend"]
    app.extensions["checks"]["revocations"] = parts.live.check
    figures: Metrics = app.extensions["metrics"]
    Gauge("live_streams", "Streams that are open", registry=figures.registry).set_function(
        lambda: parts.live.size
    )
    parts.live.start()
    return app


def from_environment() -> APIFlask:
    """What each worker of the server loads."""
    settings = BackendSettings.from_environment()
    logs.configure(settings.log_level, "backend")
    app = create_app(settings)
    housekeeping.start(app.extensions["backend"])
    return app


def _can_sign(parts: Backend) -> None:
    parts.keys.signing()

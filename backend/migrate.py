"""The `migrate` command: schema, built-in roles, first keys. Replicas may run it at once."""

from pathlib import Path

from backend.context import Backend, build
from backend.keys import service as keys
from backend.people.service import install_roles
from backend.sealed import salt
from backend.settings import BackendSettings
from servicekit import migrations

FOLDER = Path(__file__).resolve().parent / "migrations"


def migrate() -> None:
    """Bring database and built-in data to this release."""
    bring_up_to_date(build(BackendSettings.from_environment()))


def bring_up_to_date(parts: Backend) -> None:
    """The same for parts at hand, as tests do it."""
    migrations.upgrade(parts.database.engine, FOLDER, then=lambda: _furnish(parts))


def is_migrated(parts: Backend) -> None:
    """Raises when a migration of this release has not been applied."""
    if not migrations.is_current(parts.database.engine, FOLDER):
        raise RuntimeError("migrations are missing")


def _furnish(parts: Backend) -> None:
    with parts.database.write() as tx:
        install_roles(tx, parts.policy)
        keys.ensure(tx, parts.vault)
        salt.ensure(tx, parts.vault)

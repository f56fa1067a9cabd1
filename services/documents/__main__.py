"""python -m documents web | worker | all | migrate | openapi"""

import sys

from documents.app import MIGRATIONS, NAME, create_app
from documents.samples import service as samples
from documents.settings import Settings
from documents.worker import work
from servicekit import command, migrations, openapi
from servicekit.database import Database


def web() -> None:
    """Serve requests until SIGTERM."""
    command.serve("documents.app:from_environment", Settings.from_environment())


def migrate() -> None:
    """Bring the schema and the samples to this release; safe to start several times at once."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    migrations.upgrade(database.engine, MIGRATIONS, then=lambda: load_samples(database))


def load_samples(database: Database) -> None:
    with database.write() as session:
        samples.load(session)


def print_openapi() -> None:
    """Print the contract, as contracts/documents.openapi.json holds it."""
    sys.stdout.write(openapi.spec_of(create_app(Settings())))


if __name__ == "__main__":
    command.main(NAME, {"web": web, "worker": work, "migrate": migrate, "openapi": print_openapi})

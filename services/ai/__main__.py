"""python -m ai web | worker | all | migrate | openapi"""

import sys

from ai.app import MIGRATIONS, NAME, create_app
from ai.settings import Settings
from ai.worker import work
from servicekit import command, migrations, openapi
from servicekit.database import Database


def web() -> None:
    """Serve requests until SIGTERM."""
    command.serve("ai.app:from_environment", Settings.from_environment(), bridged=True)


def migrate() -> None:
    """Bring the schema to this release; safe to start several times at once."""
    settings = Settings.from_environment()
    migrations.upgrade(Database(settings.database_url, settings.database_password).engine, MIGRATIONS)


def print_openapi() -> None:
    """Print the contract, as contracts/ai.openapi.json holds it."""
    sys.stdout.write(openapi.spec_of(create_app(Settings())))


if __name__ == "__main__":
    command.main(NAME, {"web": web, "worker": work, "migrate": migrate, "openapi": print_openapi})

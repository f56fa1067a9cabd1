"""Alembic runs this: see servicekit.migrations."""

from alembic import context

from servicekit import migrations

migrations.run(context.config.attributes["connection"])

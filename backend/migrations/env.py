"""Alembic's entry: the connection comes from the migrate command."""

from alembic import context

from servicekit import migrations

migrations.run(context.config.attributes["connection"])

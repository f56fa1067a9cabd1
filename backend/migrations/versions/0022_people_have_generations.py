"""What was begun in a person's name ends when they sign out everywhere: it tells in which generation that was."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("users", sa.Column("generation", sa.Integer(), nullable=False, server_default="0"))

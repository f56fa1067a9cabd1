"""What programs come with."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, digest, identifier

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "program_credentials",
        sa.Column("credential_hash", digest(), nullable=False),
        sa.Column("program_id", identifier(), nullable=False),
        sa.Column("kind", sa.String(3), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.PrimaryKeyConstraint("credential_hash", name="pk_program_credentials"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_program_credentials_program_id", ondelete="CASCADE"
        ),
        sa.Index("ix_program_credentials_program_id", "program_id"),
        mysql_default_charset="utf8mb4",
    )

"""Sessions know when their person was last at the provider, and from which address."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("authenticated_at", Moment()))
        sessions.add_column(sa.Column("address", sa.String(45)))

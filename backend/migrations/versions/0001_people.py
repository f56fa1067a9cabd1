"""People, roles and permissions."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("issuer", exact(255), nullable=False),
        sa.Column("subject", exact(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("email", exact(254)),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("picture", sa.String(1000)),
        sa.Column("locale", sa.String(35)),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("issuer", "subject", name="uq_users_issuer_subject"),
        sa.Index("ix_users_email", "email"),
        mysql_default_charset="utf8mb4",
    )
    op.create_table(
        "roles",
        sa.Column("name", exact(64), nullable=False),
        sa.Column("built_in", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_roles"),
        mysql_default_charset="utf8mb4",
    )
    op.create_table(
        "role_permissions",
        sa.Column("role", exact(64), nullable=False),
        sa.Column("permission", exact(64), nullable=False),
        sa.PrimaryKeyConstraint("role", "permission", name="pk_role_permissions"),
        sa.ForeignKeyConstraint(
            ["role"], ["roles.name"], name="fk_role_permissions_role", ondelete="CASCADE"
        ),
        mysql_default_charset="utf8mb4",
    )
    op.create_table(
        "user_roles",
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("role", exact(64), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "role", name="pk_user_roles"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_roles_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role"], ["roles.name"], name="fk_user_roles_role"),
        mysql_default_charset="utf8mb4",
    )

"""People, roles and permissions."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, exact, identifier

PENDING, ACTIVE, SUSPENDED = "pending", "active", "suspended"
DELETING = "deleting"
"""On the person's own wish; all that is left to them is to see how far it is."""


class User(Base):
    """A person as one identity provider vouches for them; the e-mail address is data, never identity."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    issuer: Mapped[str] = mapped_column(exact(255))
    subject: Mapped[str] = mapped_column(exact(255))
    status: Mapped[str] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(exact(254), index=True)
    email_verified: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str | None] = mapped_column(String(200))
    picture: Mapped[str | None] = mapped_column(String(1000))
    locale: Mapped[str | None] = mapped_column(String(35))
    generation: Mapped[int] = mapped_column(default=0)
    """Grows when all ends that was begun in their name: at "sign out everywhere", suspension, deletion."""
    created_at: Mapped[datetime] = mapped_column(Moment())
    updated_at: Mapped[datetime] = mapped_column(Moment())


class Role(Base):
    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(exact(64), primary_key=True)
    built_in: Mapped[bool] = mapped_column(default=False)


class RolePermission(Base):
    __tablename__ = "role_permissions"

    role: Mapped[str] = mapped_column(
        exact(64), ForeignKey("roles.name", ondelete="CASCADE"), primary_key=True
    )
    permission: Mapped[str] = mapped_column(exact(64), primary_key=True)


class UserRole(Base):
    __tablename__ = "user_roles"

    user_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(exact(64), ForeignKey("roles.name"), primary_key=True)

"""What of Google (or of the provider in its place) a person has connected, and the tokens that came of it, sealed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, exact, identifier, long_text


class GoogleConnection(Base):
    """One consent of one person. A new consent is a new row: what was still under way for the old one is void."""

    __tablename__ = "google_connections"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    email: Mapped[str | None] = mapped_column(exact(254))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    """What was granted, by our names."""
    missing: Mapped[list[str]] = mapped_column(JSON)
    """What was asked for, but not granted."""
    sealed_refresh_token: Mapped[str] = mapped_column(long_text())
    needs_reconnecting: Mapped[bool] = mapped_column(default=False)
    connected_at: Mapped[datetime] = mapped_column(Moment())
    lease: Mapped[str | None] = mapped_column(identifier())
    """Who asks the provider for a fresh token at this moment."""
    lease_until: Mapped[datetime | None] = mapped_column(Moment())
    failures: Mapped[int] = mapped_column(default=0)
    """How often in a row the provider did not answer."""
    retry_at: Mapped[datetime | None] = mapped_column(Moment())
    """Before this moment it is not asked again."""


class GoogleAccessToken(Base):
    """The access token that one service has been given: it can do what that service may, and no more."""

    __tablename__ = "google_access_tokens"

    connection_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("google_connections.id", ondelete="CASCADE"), primary_key=True
    )
    service: Mapped[str] = mapped_column(exact(64), primary_key=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    sealed_access_token: Mapped[str] = mapped_column(long_text())
    expires_at: Mapped[datetime] = mapped_column(Moment())

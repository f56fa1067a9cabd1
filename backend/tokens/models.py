"""Personal access tokens: a person's key for a program of theirs."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, digest, identifier


class AccessToken(Base):
    """What it may do is `permissions`, and never more than its person may at that moment."""

    __tablename__ = "access_tokens"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(digest(), unique=True)
    user_id: Mapped[str] = mapped_column(identifier(), ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    permissions: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment())
    last_used_at: Mapped[datetime | None] = mapped_column(Moment())
    expires_at: Mapped[datetime | None] = mapped_column(Moment())

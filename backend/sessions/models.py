"""Browser sessions: opaque to the browser, kept here, ended here."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, digest, identifier


class BrowserSession(Base):
    """One sign-in of one browser. Only the hash of its cookie is known here."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(digest(), unique=True)
    user_id: Mapped[str] = mapped_column(identifier(), ForeignKey("users.id", ondelete="CASCADE"), index=True)
    user_agent: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(String(45))
    authenticated_at: Mapped[datetime | None] = mapped_column(Moment())
    """When the person was last at the provider, if that is known: then what is dangerous may be done for a while."""
    created_at: Mapped[datetime] = mapped_column(Moment())
    last_used_at: Mapped[datetime] = mapped_column(Moment())
    expires_at: Mapped[datetime] = mapped_column(Moment(), index=True)

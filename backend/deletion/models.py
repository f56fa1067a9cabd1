"""A deletion under way: what is erased already, who works on it, and until when."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, identifier


class PartState(TypedDict):
    """Of one part. Both are absent (None) until it was tried."""

    erased_at: str | None
    problem: str | None


class Deletion(Base):
    """Gone together with its person, when nothing else of them is left."""

    __tablename__ = "deletions"

    user_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    begun_at: Mapped[datetime] = mapped_column(Moment())
    parts: Mapped[dict[str, PartState]] = mapped_column(JSON)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Moment(), index=True)
    lease: Mapped[str | None] = mapped_column(identifier())
    leased_until: Mapped[datetime | None] = mapped_column(Moment())

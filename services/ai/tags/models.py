"""The table of suggestions and of what became of them."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ai.base import Base
from servicekit.database import Moment, exact, identifier, long_text


class TagSuggestion(Base):
    """What was offered, by which model, and what the person made of it."""

    __tablename__ = "tag_suggestions"
    __table_args__ = (Index("ix_tag_suggestions_owner", "owner", "made_at"),)

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    owner: Mapped[str] = mapped_column(exact(64))
    document_id: Mapped[str | None] = mapped_column(identifier())
    model: Mapped[str] = mapped_column(exact(64))
    offered: Mapped[str] = mapped_column(long_text())  # JSON: [{tag, source, score}]
    chosen: Mapped[str | None] = mapped_column(long_text())  # JSON: [tag]
    made_at: Mapped[datetime] = mapped_column(Moment())
    chosen_at: Mapped[datetime | None] = mapped_column(Moment())

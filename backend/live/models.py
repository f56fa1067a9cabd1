"""What has changed for a person, as their browsers are told: ids and kinds, never contents."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, exact, identifier


class LiveHead(Base):
    """How many changes there were for a person. Who adds one holds this row: their order is that of the commits."""

    __tablename__ = "live_heads"

    user_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(BigInteger())


class LiveEvent(Base):
    """One change. `permission` is what whoever is told must hold; without one, only a browser's session is told."""

    __tablename__ = "live_events"

    user_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    permission: Mapped[str | None] = mapped_column(exact(64))
    data: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Moment(), index=True)

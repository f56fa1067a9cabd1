"""What has ended before its time: for whoever holds a stream that was opened with it."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, identifier


class Revocation(Base):
    """Of one credential (a session, access token or program), or, without one, of all that its person comes with.

    It outlives both, for a few minutes, so it refers to neither.
    """

    __tablename__ = "revocations"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    person: Mapped[str] = mapped_column(identifier())
    credential: Mapped[str | None] = mapped_column(identifier())
    reason: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment(), index=True)

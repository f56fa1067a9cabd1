"""Invitations: a link that lets one person in, once."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, digest, exact, identifier


class Invitation(Base):
    """Only the hash of the link's code is known here. It is for who has this verified e-mail address."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(digest(), unique=True)
    email: Mapped[str] = mapped_column(exact(254))
    role: Mapped[str] = mapped_column(exact(64))
    invited_by: Mapped[str] = mapped_column(identifier())
    created_at: Mapped[datetime] = mapped_column(Moment())
    expires_at: Mapped[datetime] = mapped_column(Moment())
    accepted_at: Mapped[datetime | None] = mapped_column(Moment())
    accepted_by: Mapped[str | None] = mapped_column(identifier())

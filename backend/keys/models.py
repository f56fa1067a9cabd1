"""Signing keys of the identity tokens; private parts are encrypted with the master key."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, exact


class SigningKey(Base):
    """Published from `created_at`, signing from `activates_at`, gone after `retires_at`."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(exact(64), primary_key=True)
    public_jwk: Mapped[str] = mapped_column(Text())
    sealed_private_jwk: Mapped[str] = mapped_column(Text())
    created_at: Mapped[datetime] = mapped_column(Moment())
    activates_at: Mapped[datetime] = mapped_column(Moment())
    retires_at: Mapped[datetime | None] = mapped_column(Moment())

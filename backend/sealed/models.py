"""Small secrets of the platform's own, sealed with the master key."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import exact


class SealedSecret(Base):
    __tablename__ = "sealed_secrets"

    name: Mapped[str] = mapped_column(exact(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text())

"""The tables of what is spent, reserved, allowed and was used."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from ai.base import Base
from servicekit.database import Moment, exact, identifier


class Spending(Base):
    """Of one subject in one period: a day (`2026-11-25`) or a month (`2026-11`), in UTC."""

    __tablename__ = "spending"
    __table_args__ = (Index("ix_spending_period", "period"),)

    subject: Mapped[str] = mapped_column(exact(80), primary_key=True)
    period: Mapped[str] = mapped_column(exact(10), primary_key=True)
    used: Mapped[int] = mapped_column(BigInteger)
    held: Mapped[int] = mapped_column(BigInteger)  # reserved, and not settled yet
    warned: Mapped[int]  # whether it was told that most of it is used: 0 or 1


class Reservation(Base):
    """What one request may cost at most. It holds `tokens` in two rows of spending until it is settled, or runs out."""

    __tablename__ = "reservations"
    __table_args__ = (Index("ix_reservations_until", "until"), Index("ix_reservations_subject", "subject"))

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    subject: Mapped[str] = mapped_column(exact(80))
    period: Mapped[str] = mapped_column(exact(10))
    other_subject: Mapped[str] = mapped_column(exact(80))
    other_period: Mapped[str] = mapped_column(exact(10))
    tokens: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[datetime] = mapped_column(Moment())  # its process moves it on for as long as it lives


class Use(Base):
    """What one subject used of one model on one day."""

    __tablename__ = "uses"
    __table_args__ = (Index("ix_uses_day", "day"),)

    subject: Mapped[str] = mapped_column(exact(80), primary_key=True)
    day: Mapped[str] = mapped_column(exact(10), primary_key=True)
    model: Mapped[str] = mapped_column(exact(200), primary_key=True)
    requests: Mapped[int] = mapped_column(BigInteger)
    prompt_tokens: Mapped[int] = mapped_column(BigInteger)
    completion_tokens: Mapped[int] = mapped_column(BigInteger)


class Budget(Base):
    """What an administrator has set instead of the default: for everybody, for a role, or for one person."""

    __tablename__ = "budgets"

    scope: Mapped[str] = mapped_column(exact(8), primary_key=True)  # everyone, role, person
    name: Mapped[str] = mapped_column(exact(80), primary_key=True)
    day: Mapped[int] = mapped_column(BigInteger)
    month: Mapped[int] = mapped_column(BigInteger)

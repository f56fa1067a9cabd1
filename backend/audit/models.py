"""The audit: who did what to whom, from where. Rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, exact, identifier


class AuditEntry(Base):
    __tablename__ = "audit"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment(), index=True)
    action: Mapped[str] = mapped_column(exact(64), index=True)
    actor: Mapped[str | None] = mapped_column(exact(64), index=True)
    target: Mapped[str | None] = mapped_column(exact(64), index=True)
    address: Mapped[str | None] = mapped_column(String(45))
    request_id: Mapped[str | None] = mapped_column(exact(64))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditRetention(Base):
    """For how many days entries are kept: one row. The database's triggers read it; no row, or NULL: for ever."""

    __tablename__ = "audit_retention"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    days: Mapped[int | None]
    pruned_at: Mapped[datetime | None] = mapped_column(Moment())

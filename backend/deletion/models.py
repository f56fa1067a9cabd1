"""A deletion under way: what is erased already, who works on it, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Dialect, ForeignKey, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from servicekit.database import Moment, identifier


@dataclass(frozen=True)
class Part:
    """How far one part is."""

    erased_at: datetime | None = None
    """When nothing was left for the first time."""
    told_at: datetime | None = None
    """When that was told to which it has last answered that nothing is left."""
    problem: str | None = None
    """What went wrong last, in the backend itself."""


class Parts(TypeDecorator[dict[str, Part]]):
    """By name, as JSON. The release before this one did not write `told_at`: it asked, and erased at that moment."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, Part] | None, _dialect: Dialect) -> Any:
        return {name: _plain(part) for name, part in (value or {}).items()}

    def process_result_value(self, value: Any, _dialect: Dialect) -> dict[str, Part]:
        return {name: _part(told) for name, told in value.items()}


def _plain(part: Part) -> dict[str, str | None]:
    moments = {"erased_at": part.erased_at, "told_at": part.told_at}
    return {name: at.isoformat() if at else None for name, at in moments.items()} | {"problem": part.problem}


def _part(told: Mapping[str, str | None]) -> Part:
    erased_at = _moment(told["erased_at"])
    told_at = _moment(told["told_at"]) if "told_at" in told else erased_at
    return Part(erased_at, told_at, told["problem"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


class Deletion(Base):
    """Gone together with its person, when nothing else of them is left."""

    __tablename__ = "deletions"

    user_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    begun_at: Mapped[datetime] = mapped_column(Moment())
    parts: Mapped[dict[str, Part]] = mapped_column(Parts())
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Moment(), index=True)
    lease: Mapped[str | None] = mapped_column(identifier())
    leased_until: Mapped[datetime | None] = mapped_column(Moment())

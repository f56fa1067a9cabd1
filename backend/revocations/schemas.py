"""What a process that holds streams asks, and is told (servicekit.revocations)."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from backend.moments import MomentInUtc


class Since(BaseModel):
    since: MomentInUtc | None = None


class Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: int
    at: datetime
    person: str
    credential: str | None
    reason: str


class Revocations(BaseModel):
    now: datetime
    """By the clock that `at` goes by, too."""
    items: list[Told]

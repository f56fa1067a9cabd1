"""What people see of the audit."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from servicekit.ids import is_id


def _an_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("Is not a cursor of this list")
    return text


Cursor = Annotated[str, AfterValidator(_an_id), Field(description="The `next` of the page before")]


class HistoryQuery(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Cursor | None = None


class HistoryEntry(BaseModel):
    """Something that happened to this account."""

    id: str
    at: datetime
    action: str
    by_me: bool
    address: str | None
    detail: dict[str, Any]


class History(BaseModel):
    items: list[HistoryEntry]
    next: str | None

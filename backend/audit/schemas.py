"""What people see of the audit."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.moments import MomentInUtc
from backend.paging import Cursor, Limit


class AuditFilter(BaseModel):
    person: Annotated[
        str | None,
        Field(max_length=254, description="Who did it, or to whom it was done: an id or an e-mail address"),
    ] = None
    action: Annotated[str | None, Field(max_length=64, description="Or its beginning: `token.`")] = None
    request_id: Annotated[str | None, Field(max_length=64)] = None
    since: MomentInUtc | None = None
    until: MomentInUtc | None = None


class AuditQuery(AuditFilter):
    limit: Limit = 50
    cursor: Cursor | None = None


class Somebody(BaseModel):
    """A person of an entry, as they are called today; gone people are an id."""

    id: str
    name: str | None
    email: str | None


class AuditEntry(BaseModel):
    id: str
    at: datetime
    action: str
    actor: Somebody | None
    target: Somebody | None
    address: str | None
    request_id: str | None
    detail: dict[str, Any]


class AuditPage(BaseModel):
    items: list[AuditEntry]
    next: str | None


class OverviewQuery(BaseModel):
    days: Annotated[int, Field(ge=1, le=90)] = 30


class Day(BaseModel):
    day: date
    sign_ins: int
    people: Annotated[int, Field(description="How many people signed in")]
    refusals: int


class Overview(BaseModel):
    """The platform's people at a glance."""

    active: int
    pending: int
    suspended: int
    days: list[Day]


class HistoryQuery(BaseModel):
    limit: Limit = 50
    cursor: Cursor | None = None


class HistoryEntry(BaseModel):
    """Something that happened to this account."""

    id: str
    at: datetime
    action: str
    by_me: bool
    to_me: Annotated[bool, Field(description="Else it was done to somebody else, or to nobody")]
    address: str | None
    detail: dict[str, Any]


class History(BaseModel):
    items: list[HistoryEntry]
    next: str | None

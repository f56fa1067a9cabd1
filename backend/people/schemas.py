"""What administrators see of people, and change."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from backend.deletion.schemas import Deletion
from backend.paging import Cursor, Limit

Status = Literal["pending", "active", "suspended", "deleting"]
RoleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]


class PeopleQuery(BaseModel):
    id: Annotated[
        list[Annotated[str, StringConstraints(max_length=36)]],
        Field(max_length=100, description="Only these: for who knows ids, and wants names"),
    ] = []
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
    status: Status | None = None
    role: RoleName | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Person(BaseModel):
    id: str
    email: str | None
    email_verified: bool
    name: str | None
    picture: str | None
    status: Status
    roles: list[str]
    created_at: datetime
    last_seen_at: Annotated[datetime | None, Field(description="Of the sessions that are open")]
    deletion: Annotated[Deletion | None, Field(description="How far it is, if `status` is `deleting`")]


class People(BaseModel):
    items: list[Person]
    next: str | None


class Change(BaseModel):
    """What is left out stays."""

    status: Literal["active", "suspended"] | None = None
    roles: Annotated[list[RoleName], Field(max_length=50)] | None = None

"""What the API of invitations takes and gives."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from backend.paging import Cursor, Limit
from backend.people.schemas import RoleName

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$"
    ),
]
"""In ASCII, as sign-in takes it: the Kelvin sign in lower case would be the letter k of somebody else's address."""


class InvitationDraft(BaseModel):
    email: Email
    role: RoleName = "member"
    days: Annotated[int, Field(ge=1, le=90, description="How long the link works")] = 7


class Invitation(BaseModel):
    id: str
    email: str
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None


class NewInvitation(Invitation):
    link: Annotated[str, Field(description="To give to the person; shown this once")]


class InvitationQuery(BaseModel):
    limit: Limit = 50
    cursor: Cursor | None = None


class Invitations(BaseModel):
    items: list[Invitation]
    next: str | None

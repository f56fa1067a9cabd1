"""What the API of access tokens takes and gives."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from backend.moments import MomentInUtc

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"),
]


class TokenDraft(BaseModel):
    name: Name
    permissions: Annotated[list[str], Field(min_length=1, max_length=100)]
    expires_at: MomentInUtc | None = None


class Token(BaseModel):
    """A personal access token, without its text."""

    id: str
    name: str
    permissions: list[str]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class TokenList(BaseModel):
    items: list[Token]


class NewToken(Token):
    token: Annotated[str, Field(description="Shown this once")]

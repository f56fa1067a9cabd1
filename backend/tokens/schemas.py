"""What the API of access tokens takes and gives."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"),
]


def _in_utc(moment: datetime) -> datetime:
    """On the last evening of the year 9999 it is later in UTC than Python can say."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("Must be a year before 10000 in UTC, too") from None


class TokenDraft(BaseModel):
    name: Name
    permissions: Annotated[list[str], Field(min_length=1, max_length=100)]
    expires_at: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None


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

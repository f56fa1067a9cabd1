"""What the API of documents takes and gives."""

import unicodedata
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import WithJsonSchema as Shown

from documents.library.cursors import Position, position_of, rank_of
from servicekit.problems import TooLarge

MAX_BODY = 1024 * 1024  # bytes of UTF-8
MAX_TAGS = 20
ONE_LINE = r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"


def fold(tag: str) -> str:
    """The same for all spellings of a tag that differ in case only."""
    return unicodedata.normalize("NFC", tag.casefold())


def _one_line(text: str) -> str:
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise ValueError("Must be one line without control characters")
    return text


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("Must not contain the character NUL")
    if len(text.encode()) > MAX_BODY:
        raise TooLarge("The body is over 1 MB (1,048,576 bytes of UTF-8). Shorten or split it.")
    return text


def _without_repeats(tags: list[str]) -> list[str]:
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(fold(tag), tag)
    return list(first.values())


def _shown_as_line(longest: int) -> Shown:
    return Shown({"type": "string", "minLength": 1, "maxLength": longest, "pattern": ONE_LINE})


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
    _shown_as_line(200),
]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=50),
    AfterValidator(_one_line),
    _shown_as_line(50),
]
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most")]
OPAQUE = Shown({"type": "string", "description": "`next` of the page before"})


class DocumentDraft(BaseModel):
    """What a person writes."""

    model_config = ConfigDict(extra="forbid")

    title: Title = Field(description="One line")
    body: Annotated[str, AfterValidator(_storable)] = Field("", description="Markdown, up to 1 MB of UTF-8")
    tags: Annotated[list[Tag], AfterValidator(_without_repeats)] = Field(
        default_factory=list, max_length=MAX_TAGS, description="Compared without case; repeats are dropped"
    )


class Document(BaseModel):
    """A saved document."""

    id: str
    title: str
    body: str
    tags: list[str]
    created_at: datetime
    updated_at: datetime


class DocumentSummary(BaseModel):
    """A document in a list."""

    id: str
    title: str
    excerpt: str = Field(description="How it begins, as plain text")
    tags: list[str]
    created_at: datetime
    updated_at: datetime


class SnippetPart(BaseModel):
    """A piece of plain text; those that matched the search are marked."""

    text: str
    match: bool


class SearchHit(DocumentSummary):
    """A document that was found."""

    snippet: list[SnippetPart] = Field(
        description="Plain text around the first match, in pieces: join them, and mark those with `match`"
    )


class DocumentPage(BaseModel):
    """Documents, the last changed first."""

    items: list[DocumentSummary]
    next: str | None = Field(description="Cursor of the next page; null on the last")


class SearchPage(BaseModel):
    """Documents that were found, the best first."""

    items: list[SearchHit]
    next: str | None = Field(description="Cursor of the next page; null on the last")


class ListQuery(BaseModel):
    limit: Limit = 20
    cursor: Annotated[Position, BeforeValidator(position_of), OPAQUE] | None = None
    tag: str | None = Field(None, max_length=50, description="Only documents with this tag, in any case")


class SearchQuery(BaseModel):
    q: str = Field(max_length=200, description="Words: all must be found, the last may be unfinished")
    limit: Limit = 20
    cursor: Annotated[int, BeforeValidator(rank_of), OPAQUE] | None = None


class Conditions(BaseModel):
    """Headers of RFC 9110, section 13.1, with ETags as a document's `ETag` gave them."""

    if_match: str | None = Field(None, description="ETag of the version that is meant, or *")


class WriteConditions(Conditions):
    if_none_match: str | None = Field(None, description="`*`: there is to be no such document yet")

    @property
    def is_for_new_one(self) -> bool:
        return self.if_match is None and self.if_none_match is not None and self.if_none_match.strip() == "*"


class ReadConditions(BaseModel):
    if_none_match: str | None = Field(None, description="ETag of the version that is known already")


class VersionHeader(BaseModel):
    etag: str = Field(description='The version of the document, as "7"')


class CreatedHeaders(VersionHeader):
    location: str = Field(description="Path of the new document")

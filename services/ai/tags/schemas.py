"""What the suggestions take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MAX_TAGS = 20
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]


class TextIn(BaseModel):
    """A text that is to have tags."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field("", max_length=200)
    body: str = Field("", max_length=200_000, description="Markdown; of a long one the beginning is read")
    tags: list[Tag] = Field(
        default_factory=list, max_length=MAX_TAGS, description="Those that it has already"
    )
    limit: int = Field(8, ge=1, le=MAX_TAGS, description="How many at most")


class TagsIn(TextIn):
    """The same of a document."""

    document_id: str | None = Field(None, max_length=36, description="Its id, if it is saved")


class SuggestionOut(BaseModel):
    """A tag that may fit."""

    tag: str
    source: Literal["own", "new"] = Field(
        description="Used already in one's documents, or taken from the text"
    )
    score: float = Field(description="How well it fits, 1 at most")


class SuggestionsOut(BaseModel):
    """Tags, the best first."""

    id: str | None = Field(description="For telling what was chosen; null for visitors")
    model: str = Field(description="What made them")
    items: list[SuggestionOut]


class ChoiceIn(BaseModel):
    """What the person kept, of what was offered and beside it."""

    model_config = ConfigDict(extra="forbid")

    tags: list[Tag] = Field(max_length=MAX_TAGS)
    document_id: str | None = Field(None, max_length=36, description="Its id, if it has been saved meanwhile")


class SuggestionPath(BaseModel):
    suggestion_id: str

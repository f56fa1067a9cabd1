"""What the search takes and gives."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LONGEST_QUERY = 500
Query = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUERY)]


class SearchIn(BaseModel):
    """A question, or some words."""

    model_config = ConfigDict(extra="forbid")

    query: Query = Field(description="In Spanish or in English, whichever language the documents are in")
    limit: int = Field(10, ge=1, le=50, description="How many documents at most")


class PassageOut(BaseModel):
    """The piece of a document that answers best."""

    text: str
    start: int | None = Field(description="Where it begins, in characters of the body; null: not known")


class HitOut(BaseModel):
    """A document that was found."""

    document_id: str
    title: str
    tags: list[str]
    score: float = Field(
        description="For comparing within this answer: the sum of both searches' reciprocal ranks"
    )
    similarity: float | None = Field(
        description="How near its meaning is, 1 at most; null: found by its words only"
    )
    found_by: list[Literal["meaning", "words"]]
    passage: PassageOut


class LanguageOut(BaseModel):
    """How the question was read."""

    code: str = Field(description="Language (ISO 639); `und`: it cannot be told")
    translated: bool = Field(description="Whether it was put into English words first")
    spanish: bool = Field(description="Whether Spanish is translated here: else it is found less well")


class SearchOut(BaseModel):
    """Documents, the best first."""

    items: list[HitOut]
    language: LanguageOut

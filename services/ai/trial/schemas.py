"""What visitors may send."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class TrialSearchIn(BaseModel):
    """A question about the samples."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class TrialTextIn(BaseModel):
    """A short text."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class TrialLanguage(BaseModel):
    """A language that a text may be in."""

    code: str = Field(description="ISO 639; `und`: it cannot be told")
    probability: float


class TrialLanguageOut(BaseModel):
    """What language a text is in."""

    languages: list[TrialLanguage] = Field(description="The most probable first")
    english: str | None = Field(
        description="A Spanish text in English words, as the search reads it; else null"
    )

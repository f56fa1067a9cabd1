"""What may be embedded, and how it comes back."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_TEXTS = 256
Text = Annotated[str, Field(min_length=1)]


class EmbeddingsIn(BaseModel):
    """One text or several."""

    model_config = ConfigDict(extra="forbid")

    model: str = Field(min_length=1, max_length=200)
    input: Text | Annotated[list[Text], Field(min_length=1, max_length=MOST_TEXTS)]
    encoding_format: Literal["float", "base64"] | None = "float"
    dimensions: int | None = Field(default=None, ge=1)
    user: str | None = Field(default=None, max_length=500)


class EmbeddingOut(BaseModel):
    """One vector: numbers, or float32 in little-endian order and base64."""

    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str


class EmbeddingUsage(BaseModel):
    """What it cost, in tokens."""

    prompt_tokens: int
    total_tokens: int


class EmbeddingsOut(BaseModel):
    """The vectors, in the order of the texts."""

    object: Literal["list"] = "list"
    data: list[EmbeddingOut]
    model: str
    usage: EmbeddingUsage

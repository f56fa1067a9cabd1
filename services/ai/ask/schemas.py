"""What a question to one's documents takes, and what the answer says."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ai.chat.schemas import Usage

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class AskIn(BaseModel):
    """A question to one's own documents."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    model: str | None = Field(
        None, max_length=200, description="As `/api/ai/v1/models` lists them; null: the first for chat"
    )
    stream: bool = Field(
        False, description="As server-sent events: `passages`, pieces of the answer and its cost, `citations`"
    )


class AskedPassage(BaseModel):
    """A passage that the model was given, under the number by which it is cited."""

    number: int
    document_id: str
    title: str
    text: str
    start: int | None
    similarity: float


class Citation(BaseModel):
    """What a sentence of the answer rests on."""

    sentence: str = Field(description="As it stands in the answer, with the marks that the model wrote")
    passages: list[int] = Field(
        description="Numbers of passages; none: nothing supports it, or what it quotes is not in them"
    )
    by: Literal["model", "similarity", "nothing"] = Field(
        description="The model named them; or their meaning is near; or there are none"
    )


class AskOut(BaseModel):
    """An answer with its sources, or none where there are no sources."""

    answer: str | None = Field(
        description="null: nothing in the documents has to do with it, and no model was asked"
    )
    model: str | None
    passages: list[AskedPassage]
    citations: list[Citation]
    grounded: bool = Field(description="Whether any of the answer rests on a passage")
    usage: Usage | None = Field(description="What it cost; null: no model was asked")

"""What a service that indexes documents asks, and is told."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from servicekit.ids import is_id


def _an_id(text: str) -> str:
    if not is_id(text):
        raise ValueError("Must be the id of a document")
    return text


class Asked(BaseModel):
    """Without an owner, everybody's; the samples' owner is `visitor:samples`."""

    owner: str | None = Field(None, min_length=1, max_length=64)
    after: Annotated[str, AfterValidator(_an_id)] | None = None
    limit: int = Field(100, ge=1, le=1000)


class Mention(BaseModel):
    """That a document is there, and in which version."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    owner: str
    version: int


class Mentions(BaseModel):
    """In the order of their ids; `next` is what `after` is on the next page, null on the last."""

    items: list[Mention]
    next: str | None


class WholeDocument(Mention):
    title: str
    body: str
    tags: list[str]
    locale: str | None

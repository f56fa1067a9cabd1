"""The list of models as OpenAI's clients read it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class ModelOut(BaseModel):
    """One model."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str
    kind: Literal["chat", "embedding"]
    """What it is for. OpenAI does not tell it; its clients leave it aside."""


class ModelsOut(BaseModel):
    """All that the person may use."""

    object: Literal["list"] = "list"
    data: list[ModelOut]

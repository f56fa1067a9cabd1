"""The models that this installation offers."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["chat", "embedding"]


@dataclass(frozen=True)
class Model:
    """One model, by the name under which clients ask for it."""

    id: str
    kind: Kind
    owner: str
    since: int
    """Unix time: OpenAI's clients expect one."""


CHAT = Model("smollm2-135m-instruct", "chat", "zaguan", 1_730_419_200)
EMBEDDING = Model("all-minilm-l6-v2", "embedding", "zaguan", 1_630_368_000)

BUNDLED = (CHAT, EMBEDDING)

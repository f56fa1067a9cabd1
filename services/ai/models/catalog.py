"""The models that this installation offers: the bundled ones, and those elsewhere that its deployer names."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ai.problems import ModelNotFound
from servicekit.identity import Identity

Kind = Literal["chat", "embedding"]

USE = "ai:use"


@dataclass(frozen=True)
class Upstream:
    """An OpenAI-compatible API elsewhere."""

    url: str
    """Up to and with its version: `https://api.example/v1`."""
    model: str
    """What it is called there."""
    key_file: Path | None = None
    first: float = 60.0
    """Seconds until the answer begins."""
    between: float = 30.0
    """Seconds between two pieces of it."""


@dataclass(frozen=True)
class Model:
    """One model, by the name under which clients ask for it."""

    id: str
    kind: Kind
    owner: str
    since: int
    """Unix time: OpenAI's clients expect one."""
    permission: str = USE
    upstream: Upstream | None = None
    """None: it is bundled."""
    context: int = 8192
    """Tokens of question and answer together."""
    answer: int = 1024
    """Tokens of an answer, at most, and unless the client wants fewer."""
    concurrent: int = 8
    """How many are answered at once."""
    fallback: str | None = None
    """The model that answers while this one cannot."""
    picture: int = 4096
    """Tokens that a picture costs at most."""
    remote_pictures: bool = False
    """Whether it may fetch pictures from addresses that people name: from wherever it stands."""


CHAT = Model("smollm2-135m-instruct", "chat", "zaguan", 1_730_419_200, context=4096, answer=512, concurrent=2)
EMBEDDING = Model("all-minilm-l6-v2", "embedding", "zaguan", 1_630_368_000, context=128, answer=0)

BUNDLED = (CHAT, EMBEDDING)


class Catalog:
    """All models, those of the deployer first; a name that a bundled one has, too, is the deployer's."""

    def __init__(self, theirs: Iterable[Model] = ()) -> None:
        theirs = list(theirs)
        names = {model.id for model in theirs}
        self._models = {m.id: m for m in (*theirs, *(m for m in BUNDLED if m.id not in names))}

    def of(self, identity: Identity) -> list[Model]:
        """Those that somebody may use."""
        return [model for model in self._models.values() if identity.may(model.permission)]

    def find(self, name: str, kind: Kind, identity: Identity) -> Model:
        """404 for one that there is not, or that is not for them: there is no difference to be seen."""
        found = self._models.get(name)
        if found is None or found.kind != kind or not identity.may(found.permission):
            raise ModelNotFound(
                f"There is no {kind} model {name[:100]!r} for you; GET /api/ai/v1/models lists yours."
            )
        return found

    def chain(self, model: Model, identity: Identity) -> list[Model]:
        """The model, and those that stand in for it, as far as this person may use them."""
        chain = [model]
        while (name := chain[-1].fallback) and name not in {known.id for known in chain}:
            stands_in = self._models.get(name)
            if stands_in is None or stands_in.kind != model.kind or not identity.may(stands_in.permission):
                break
            chain.append(stands_in)
        return chain

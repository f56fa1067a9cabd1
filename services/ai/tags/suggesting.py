"""What suggests tags. A trained model takes over by being another `Suggester`: nothing else changes."""

from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy.orm import Session

Source = Literal["own", "new"]


@dataclass(frozen=True)
class Asked:
    """A text, whose it is, and what it has already."""

    owner: str
    person: str
    title: str
    body: str
    has: tuple[str, ...] = ()
    document_id: str | None = None


@dataclass(frozen=True)
class Suggestion:
    tag: str
    source: Source
    score: float


class Suggester(Protocol):
    """`name` says which model, and of which version, made a suggestion."""

    @property
    def name(self) -> str: ...

    def suggest(self, session: Session, asked: Asked, most: int) -> list[Suggestion]:
        """The best first; none that the text has already. Reads only, and only what is `asked.owner`'s."""
        ...

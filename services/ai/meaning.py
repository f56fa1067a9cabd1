"""What understands text, once for each process: models are loaded, and programs started, when they are first needed."""

from dataclasses import dataclass, field

from ai.embedding import Embeddings
from ai.embedding.reading import Reading
from ai.index.nearest import Nearest
from ai.language import English
from ai.language.english import BACK
from ai.search.second_look import SecondLook


@dataclass(frozen=True)
class Meaning:
    """`embeddings` alone are for who wants vectors of texts as they are."""

    embeddings: Embeddings = field(default_factory=Embeddings)
    english: English = field(default_factory=English)
    spanish: English = field(default_factory=lambda: English(BACK))
    """The other direction: English in Spanish words."""
    nearest: Nearest = field(default_factory=Nearest)
    second_look: SecondLook = field(default_factory=SecondLook)

    @property
    def reading(self) -> Reading:
        return Reading(self.embeddings, self.english)

"""What the service is made of, for those who answer its requests and for those who do its long work."""

from dataclasses import dataclass, field

from flask import current_app

from ai.budgets.figures import Figures
from ai.budgets.keeper import Keeper
from ai.budgets.roles import Roles
from ai.chat.relay import Relay
from ai.crowd import Crowd
from ai.embedding import Embeddings
from ai.local.process import LocalModel
from ai.meaning import Meaning
from ai.models.catalog import CHAT, Catalog
from ai.models.file import theirs
from ai.pace import Pace
from ai.settings import Settings
from ai.tags.similarity import Similarity
from ai.tags.suggesting import Suggester
from servicekit.database import Database
from servicekit.revocations import Watcher, asking

SEEKING = 16  # searches of one person at the same time


@dataclass(frozen=True)
class Parts:
    settings: Settings
    database: Database
    crowd: Crowd
    catalog: Catalog
    relay: Relay
    keeper: Keeper
    figures: Figures
    roles: Roles
    watcher: Watcher
    meaning: Meaning
    suggester: Suggester
    pace: Pace = field(default_factory=Pace)
    seekers: Crowd = field(default_factory=lambda: Crowd(SEEKING))
    """Who looks for something in their documents: others are asked for it, and wait for it, too."""

    @property
    def embeddings(self) -> Embeddings:
        """Of texts as they are."""
        return self.meaning.embeddings


def parts_of(settings: Settings, database: Database) -> Parts:
    """New ones, once for each process; nothing is loaded and nobody asked yet."""
    crowd = Crowd.of_threads(settings.threads)
    understands = Meaning(Embeddings(crowd=crowd))
    return Parts(
        settings=settings,
        database=database,
        crowd=crowd,
        catalog=Catalog(theirs(settings)),
        relay=Relay(LocalModel(CHAT)),
        keeper=Keeper(database),
        figures=Figures(),
        roles=Roles(),
        watcher=Watcher(asking(settings.backend_url)),
        meaning=understands,
        suggester=Similarity(understands.reading, understands.nearest),
    )


def parts() -> Parts:
    """Those of the application that answers this request."""
    found: Parts = current_app.extensions["ai"]
    return found

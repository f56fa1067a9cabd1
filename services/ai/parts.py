"""What the application is made of, for those who answer its requests."""

from dataclasses import dataclass

from flask import current_app

from ai.budgets.keeper import Keeper
from ai.budgets.roles import Roles
from ai.chat.relay import Relay
from ai.embedding import Embeddings
from ai.meaning import Meaning
from ai.models.catalog import Catalog
from ai.settings import Settings
from ai.tags.suggesting import Suggester
from servicekit.database import Database
from servicekit.revocations import Watcher


@dataclass(frozen=True)
class Parts:
    settings: Settings
    database: Database
    catalog: Catalog
    relay: Relay
    keeper: Keeper
    roles: Roles
    watcher: Watcher
    meaning: Meaning
    suggester: Suggester

    @property
    def embeddings(self) -> Embeddings:
        """Of texts as they are."""
        return self.meaning.embeddings


def parts() -> Parts:
    """Those of the application that answers this request."""
    found: Parts = current_app.extensions["ai"]
    return found

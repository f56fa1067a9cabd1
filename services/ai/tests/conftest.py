"""A migrated database for each worker and kind, emptied between tests, and people who use the service."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from apiflask import APIFlask

from ai.app import MIGRATIONS, create_app
from ai.base import Base
from ai.embedding import Embeddings
from ai.language import English
from ai.parts import Parts
from ai.search import words
from ai.settings import Settings
from ai.tests import upstreams
from ai.tests.library import Library
from ai.tests.people import ANA, BEA, Person, Revocations
from ai.tests.upstreams import FakeUpstream
from ai.tests.working import Works
from servicekit import migrations
from servicekit.database import Database
from servicekit.events import Event
from servicekit.identity import current_identity
from servicekit.message_tokens import MessageToken
from servicekit.revocations import Watcher
from servicekit.testing import Issuer
from tests.support.databases import NewDatabase


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="session")
def upstream() -> Iterator[FakeUpstream]:
    """An OpenAI-compatible API in a process of its own, which behaves as its models are called."""
    with upstreams.running() as fake:
        yield fake


@pytest.fixture(scope="session")
def revoked() -> Revocations:
    """What the backend says was revoked."""
    return Revocations()


@pytest.fixture(scope="session")
def whole_app(
    new_database: NewDatabase,
    issuer: Issuer,
    upstream: FakeUpstream,
    revoked: Revocations,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[APIFlask]:
    secrets = tmp_path_factory.mktemp("secrets")
    upstreams.write_models(secrets, upstream.url)
    app = create_app(Settings(database_url=new_database(), secrets_dir=secrets), issuer.keys())
    parts: Parts = app.extensions["ai"]
    app.extensions["ai"] = replace(parts, watcher=Watcher(revoked.told))
    database: Database = app.extensions["database"]
    migrations.upgrade(database.engine, MIGRATIONS)
    yield app
    parts.keeper.stop()
    parts.relay.close()
    parts.meaning.english.close()
    parts.meaning.spanish.close()
    app.extensions["ai"].watcher.stop()
    database.engine.dispose()


@pytest.fixture
def app(whole_app: APIFlask) -> Iterator[APIFlask]:
    """The service, with nothing in its tables."""
    yield whole_app
    database: Database = whole_app.extensions["database"]
    with database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


@pytest.fixture(scope="session")
def embeddings() -> Embeddings:
    """The bundled model itself, as the set-up has made it."""
    return Embeddings()


@pytest.fixture
def database(app: APIFlask) -> Database:
    found: Database = app.extensions["database"]
    return found


@pytest.fixture
def library(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Documents to put into the index; their words are found, too."""
    meaning = app.extensions["ai"].meaning
    library = Library(app.extensions["database"], meaning.reading, second_look=meaning.second_look)
    monkeypatch.setattr(words, "as_user", library.as_user)
    return library


@pytest.fixture(scope="session")
def english() -> Iterator[English]:
    """Apertium itself, which the tests' set-up installs."""
    english = English()
    assert english.available
    yield english
    english.close()


@pytest.fixture
def works(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> Works:
    """A worker for long work, and documents for it."""
    return Works.set_up(app, monkeypatch)


@pytest.fixture
def ana(app: APIFlask, issuer: Issuer) -> Person:
    return Person(app, issuer, ANA)


@pytest.fixture
def bea(app: APIFlask, issuer: Issuer) -> Person:
    return Person(app, issuer, BEA)


@pytest.fixture
def visitor(app: APIFlask, issuer: Issuer) -> Person:
    return Person(app, issuer, "visitor:01920000", scope="")


@pytest.fixture
def nobody(app: APIFlask, issuer: Issuer) -> Person:
    return Person(app, issuer, None)


@pytest.fixture(autouse=True)
def signed_by_the_backend(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Message tokens, as the backend gives them for the person of a request."""

    def on_behalf(event: Event) -> MessageToken:
        return issuer.message_token(event, current_identity().subject, "ai:manage")

    monkeypatch.setattr("ai.budgets.change.on_behalf", on_behalf)

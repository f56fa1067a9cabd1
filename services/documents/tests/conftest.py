"""A migrated database for each worker and kind, emptied between tests, and people who use the service."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from sqlalchemy import delete

from documents.app import MIGRATIONS, create_app
from documents.library.models import Document
from documents.samples import service as samples
from documents.settings import Settings
from documents.tests.people import ANA, BEA, Person
from servicekit import migrations
from servicekit.database import Database
from servicekit.events.tables import OUTBOX
from servicekit.testing import Issuer
from tests.support.databases import NewDatabase


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="session")
def whole_app(new_database: NewDatabase, issuer: Issuer) -> Iterator[APIFlask]:
    app = create_app(Settings(database_url=new_database()), issuer.keys())
    database: Database = app.extensions["database"]
    migrations.upgrade(database.engine, MIGRATIONS)
    with database.write() as session:
        samples.load(session)
    yield app
    database.engine.dispose()


@pytest.fixture
def app(whole_app: APIFlask) -> Iterator[APIFlask]:
    """The service with its samples and nothing else."""
    yield whole_app
    database: Database = whole_app.extensions["database"]
    with database.write() as session:
        session.execute(delete(Document).where(Document.owner != samples.OWNER))
        session.execute(delete(OUTBOX))


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

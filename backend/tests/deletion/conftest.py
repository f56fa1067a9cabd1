"""A backend, a service that keeps notes of people, and somebody who will leave."""

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from backend.app import create_app
from backend.context import Backend
from backend.tests.conftest import Person
from backend.tests.deletion.leaving import Notes, member
from backend.tests.keeper import knowing


@pytest.fixture
def own(fresh: Backend) -> Backend:
    return knowing(fresh, documents="http://127.0.0.1:9")


@pytest.fixture
def notes(own: Backend) -> Notes:
    return Notes(own)


@pytest.fixture
def desk(own: Backend) -> FlaskClient:
    app: APIFlask = create_app(own.settings)
    app.extensions["backend"] = own
    return app.test_client(use_cookies=False)


@pytest.fixture
def mar(own: Backend, notes: Notes) -> Person:
    mar = member(own)
    notes.kept[mar.id] = ["marjoram", "thyme", "rosemary"]
    return mar

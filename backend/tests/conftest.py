"""The backend on both databases, with people made for each test (the audit keeps everything, so nothing is emptied)."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from cryptography.fernet import Fernet
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session as Transaction

from backend.app import create_app
from backend.audit.models import AuditEntry
from backend.audit.service import Origin
from backend.context import Backend
from backend.migrate import bring_up_to_date
from backend.people import service as people
from backend.people.models import ACTIVE, PENDING, User
from backend.people.service import Profile, SignUp
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.settings import BackendSettings
from servicekit.ids import new_id, now
from tests.support.databases import NewDatabase, Template

HERE = Origin("192.0.2.1", "test-request")
NOBODY = SignUp("invite", frozenset())


def secrets_in(folder: Path) -> Path:
    """The secret files that the backend reads when a provider is configured."""
    folder.mkdir(exist_ok=True)
    (folder / "master-key").write_text(Fernet.generate_key().decode() + "\n")
    client = {"web": {"client_id": "us", "client_secret": "between us"}}
    (folder / "client-secret.json").write_text(json.dumps(client))
    return folder


def settings_for(database_url: str, folder: Path) -> BackendSettings:
    return BackendSettings(database_url=database_url, secrets_dir=secrets_in(folder))


@pytest.fixture(scope="session")
def app(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> APIFlask:
    app = create_app(settings_for(new_database(), tmp_path_factory.mktemp("secrets")))
    bring_up_to_date(app.extensions["backend"])
    return app


@dataclass(frozen=True)
class Original:
    """What is migrated once: the secrets belong to the database, whose keys are sealed with them."""

    database: Template
    secrets: Path


@pytest.fixture(scope="session")
def original(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Original:
    url, folder = new_database(), tmp_path_factory.mktemp("secrets")
    parts: Backend = create_app(settings_for(url, folder)).extensions["backend"]
    bring_up_to_date(parts)
    parts.database.engine.dispose()
    return Original(Template(url), folder)


@pytest.fixture
def fresh(database_url: str, original: Original, tmp_path: Path) -> Iterator[Backend]:
    """A backend with a database of its own, for what changes more than one person."""
    original.database.copy_to(database_url)
    secrets = shutil.copytree(original.secrets, tmp_path / "secrets")
    app = create_app(BackendSettings(database_url=database_url, secrets_dir=secrets))
    parts: Backend = app.extensions["backend"]
    yield parts
    parts.database.engine.dispose()


@pytest.fixture
def parts(app: APIFlask) -> Backend:
    parts: Backend = app.extensions["backend"]
    return parts


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@dataclass(frozen=True)
class Person:
    """A user and the cookie's value of a session."""

    id: str
    cookie: str


def sign_in(tx: Transaction, parts: Backend, user_id: str) -> str:
    """The cookie's value of a session of somebody who was at the provider just now."""
    return sessions.begin(tx, user_id, "a browser", parts.lifetimes, authenticated_at=now())


def enter(tx: Transaction, parts: Backend, *, role: str | None, status: str = ACTIVE) -> Person:
    """A new person with a session."""
    user = people.recognise(tx, Profile("https://issuer.example", new_id()), NOBODY, HERE)
    if role:
        people.give_role(tx, user, role, HERE)
    user.status = status
    tx.flush()
    return Person(user.id, sign_in(tx, parts, user.id))


@pytest.fixture
def somebody(parts: Backend) -> Callable[[str], Person]:
    """`somebody("member")`, `somebody("pending")`: a person with a session."""

    def make(kind: str) -> Person:
        with parts.database.write() as tx:
            pending = kind == "pending"
            return enter(tx, parts, role=None if pending else kind, status=PENDING if pending else ACTIVE)

    return make


def entries(parts: Backend, user_id: str) -> list[AuditEntry]:
    """What the audit says of a person, in order."""
    with parts.database.read() as tx:
        return list(
            tx.scalars(select(AuditEntry).where(AuditEntry.target == user_id).order_by(AuditEntry.id))
        )


def user_of(parts: Backend, user_id: str) -> User:
    with parts.database.read() as tx:
        return tx.get_one(User, user_id)


def authorize(client: FlaskClient, audience: str = "backend", **credential: str) -> Any:
    return client.get("/internal/authorize", headers={"X-Audience": audience, **credential})


def at_the_door(client: FlaskClient, person: Person) -> dict[str, str]:
    """What the gateway sends on for this person."""
    answer = authorize(client, Cookie=f"__Host-session={person.cookie}")
    return {"Authorization": f"Bearer {answer.headers['X-Identity-Token']}"}


def age(parts: Backend, person: Person, by: timedelta) -> None:
    """Their sign-ins were so long ago."""
    with parts.database.write() as tx:
        theirs = update(BrowserSession).where(BrowserSession.user_id == person.id)
        tx.execute(theirs.values(authenticated_at=now() - by))

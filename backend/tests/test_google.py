"""Connections in the database: sealed for their person, sealed anew with a new master key, refreshed by one of many."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, update

from backend.app import create_app
from backend.context import Backend
from backend.google import service as google
from backend.google.models import GoogleAccessToken, GoogleConnection
from backend.google.refreshing import Wish, access_token
from backend.google.service import Consent
from backend.migrate import bring_up_to_date
from backend.settings import BackendSettings
from backend.sign_in.refusals import ProviderUnavailable
from backend.tests.conftest import HERE, Person, enter
from backend.vault import Unsealable, Vault
from demo_idp.accounts import ACCOUNTS, CALENDAR
from demo_idp.provider import CLIENT_ID
from demo_idp.storage import Token
from scripts import dev_secrets
from servicekit.ids import now
from servicekit.problems import GoogleNotConnected
from tests.sign_in.provider import Provider, running_provider

REFRESH = "a refresh token of the provider's"
SCOPES = frozenset({"calendar.readonly"})
NewReplica = Callable[[], Backend]


def connect(parts: Backend, person: Person, refresh_token: str = REFRESH) -> None:
    consent = Consent(person.id, "mar@demo.example", ["calendar.readonly"], [], refresh_token)
    with parts.database.write() as tx:
        google.connect(tx, parts.vault, consent, HERE)


def connection(parts: Backend, person: Person) -> GoogleConnection:
    with parts.database.read() as tx:
        return tx.scalars(select(GoogleConnection).where(GoogleConnection.user_id == person.id)).one()


def member(parts: Backend) -> Person:
    with parts.database.write() as tx:
        return enter(tx, parts, role="member")


def give(parts: Backend, person: Person, token: str) -> None:
    """The access token that the agenda was given."""
    row = connection(parts, person)
    sealed = parts.vault.seal(google.access_context(person.id, "agenda"), token)
    with parts.database.write() as tx:
        until = now() + timedelta(hours=1)
        given = GoogleAccessToken(connection_id=row.id, service="agenda", scopes=["calendar.readonly"])
        given.sealed_access_token, given.expires_at = sealed, until
        tx.add(given)


def wish(person: Person) -> Wish:
    return Wish("agenda", person.id, SCOPES, SCOPES, HERE)


def reseal_all(parts: Backend, vault: Vault, most: int) -> int:
    """As a rotation does it; how many batches it took."""
    after, batches = None, 0
    while True:
        with parts.database.write() as tx:
            after = google.reseal(tx, vault, after, most)
        if after is None:
            return batches
        batches += 1


def test_all_is_sealed_anew_and_the_old_key_opens_nothing_more(fresh: Backend) -> None:
    people = [member(fresh) for _ in range(5)]
    for person in people:
        connect(fresh, person)
        give(fresh, person, f"access of {person.id}")
    old, new = fresh.settings.master_keys(), Fernet.generate_key().decode()
    assert reseal_all(fresh, Vault([new, *old]), most=2) == 3
    for person in people:
        context, sealed = google.refresh_context(person.id), connection(fresh, person).sealed_refresh_token
        assert Vault([new]).open(context, sealed) == REFRESH
        with pytest.raises(Unsealable):
            Vault(old).open(context, sealed)
        told = access_token(replace(fresh, vault=Vault([new])), wish(person))
        assert told.text == f"access of {person.id}"


def test_what_no_key_opens_stays_as_it_is(fresh: Backend) -> None:
    person = member(fresh)
    connect(fresh, person)
    before = connection(fresh, person).sealed_refresh_token
    assert reseal_all(fresh, Vault([Fernet.generate_key().decode()]), most=10) == 1
    assert connection(fresh, person).sealed_refresh_token == before


def test_a_token_in_another_persons_row_does_not_open_there(parts: Backend) -> None:
    mar, eve = member(parts), member(parts)
    connect(parts, mar)
    connect(parts, eve)
    stolen = connection(parts, mar).sealed_refresh_token
    with parts.database.write() as tx:
        hers = update(GoogleConnection).where(GoogleConnection.user_id == eve.id)
        tx.execute(hers.values(sealed_refresh_token=stolen))
    with pytest.raises(GoogleNotConnected):
        access_token(parts, wish(eve))
    assert connection(parts, eve).needs_reconnecting is True


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    secrets = tmp_path / "secrets"
    dev_secrets.ensure(secrets)
    with running_provider(secrets, "http://localhost:8080/auth/callback") as provider:
        yield provider


@pytest.fixture
def new_replica(database_url: str, tmp_path: Path, provider: Provider) -> Iterator[NewReplica]:
    """Replicas of the backend: one database, nothing else in common."""
    secrets, replicas = tmp_path / "secrets", list[Backend]()
    client = {"client_id": CLIENT_ID, "client_secret": (secrets / "demo-client-secret").read_text().strip()}
    (secrets / "client-secret.json").write_text(json.dumps({"web": client}))
    settings = BackendSettings(database_url=database_url, secrets_dir=secrets, oidc_issuer=provider.issuer)

    def make() -> Backend:
        replicas.append(create_app(settings).extensions["backend"])
        return replicas[-1]

    bring_up_to_date(make())
    yield make
    for parts in replicas:
        parts.database.engine.dispose()


def granted(provider: Provider) -> str:
    """A refresh token as of a consent of Mar's."""
    text = "refresh-of-mar"
    scope = f"openid email {CALENDAR}"
    provider.add_token(Token(text, ACCOUNTS["mar"], CLIENT_ID, scope, "family", 4e9, refreshes=True))
    return text


@pytest.mark.parametrize("rotates", [False, True])
def test_fifty_at_once_in_three_replicas_are_one_refresh(
    new_replica: NewReplica, provider: Provider, rotates: bool
) -> None:
    provider.rotates = rotates
    replicas = [new_replica() for _ in range(3)]
    person = member(replicas[0])
    connect(replicas[0], person, granted(provider))
    together = threading.Barrier(50)

    def ask(n: int) -> str:
        """Again when it is told to, as servicekit does: the machine may be busy."""
        together.wait()
        while True:
            try:
                return access_token(replicas[n % 3], wish(person)).text
            except ProviderUnavailable as busy:
                time.sleep(int(busy.headers["Retry-After"]))

    with ThreadPoolExecutor(50) as pool:
        texts = set(pool.map(ask, range(50)))
    assert len(texts) == 1
    assert provider.requests.count("token") == 1

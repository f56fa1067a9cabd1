"""The master key is replaced: what was sealed opens at every step, and it goes on wherever it was killed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from backend.audit.models import AuditEntry
from backend.base import Base
from backend.context import Backend, build
from backend.keys.models import SigningKey
from backend.sealed import rotation, salt
from backend.sealed.models import SealedSecret
from backend.sealed.registry import SEALED
from backend.sealed.ring import FILE, STATE, Ring
from backend.tests.conftest import HERE
from backend.vault import Vault
from servicekit.settings import SettingsError

AT_ONCE = timedelta(0)


class Killed(BaseException):
    """As kill -9: nothing is tidied up."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "SEEN", 0.0)


@pytest.fixture
def ring(fresh: Backend) -> Ring:
    return Ring(fresh.settings.secrets_dir)


@pytest.fixture
def other(fresh: Backend) -> Iterator[Backend]:
    """Another process, which has the keys of the beginning in memory."""
    parts = build(fresh.settings)
    assert parts.vault.open("x", parts.vault.seal("x", "y")) == "y"
    yield parts
    parts.database.engine.dispose()


def sealed_texts(parts: Backend) -> dict[str, str]:
    """Everything that is kept sealed, by what it is sealed for."""
    with parts.database.read() as tx:
        keys = {f"signing-key {row.kid}": row.sealed_private_jwk for row in tx.scalars(select(SigningKey))}
        own = tx.scalars(select(SealedSecret.sealed)).one()
    return keys | {salt.CONTEXT: own}


def run(parts: Backend, ring: Ring) -> None:
    rotation.rotate(parts, ring, HERE, lambda _: None, AT_ONCE)


def test_afterwards_only_the_new_key_is_there_and_opens_everything(
    fresh: Backend, ring: Ring, other: Backend
) -> None:
    before = ring.read()
    value = fresh.visitor_salt.value()
    run(fresh, ring)
    (new,) = ring.read()
    assert new not in before
    assert len(sealed_texts(fresh)) == 2
    for context, text in sealed_texts(fresh).items():
        assert Vault([new]).open(context, text)
    assert other.vault.open("x", Vault([new]).seal("x", "y")) == "y"
    assert other.visitor_salt.value() == value
    assert {path.name for path in fresh.settings.secrets_dir.iterdir()} == {FILE, "client-secret.json"}
    assert (fresh.settings.secrets_dir / FILE).stat().st_mode & 0o077 == 0
    assert ring.read() == [new]


def test_every_process_opens_what_every_other_seals_at_each_step(
    fresh: Backend, ring: Ring, other: Backend
) -> None:
    begun = fresh.vault.seal("sign-in attempt", "of before")
    steps: list[str] = []

    def look(told: str) -> None:
        steps.append(told)
        if not told.startswith("4/4"):
            assert other.vault.open("sign-in attempt", begun) == "of before"
        assert other.vault.open("x", fresh.vault.seal("x", "y")) == "y"
        assert fresh.vault.open("x", other.vault.seal("x", "y")) == "y"
        assert build(fresh.settings).keys.signing().is_private

    rotation.rotate(fresh, ring, HERE, look, AT_ONCE)
    assert [step[:3] for step in steps if step[1:2] == "/"] == ["1/4", "2/4", "3/4", "4/4"]


@pytest.mark.parametrize("step", ["1/4", "2/4", "signing keys", "3/4", "4/4"])
def test_killed_anywhere_it_goes_on_with_the_same_key(fresh: Backend, ring: Ring, step: str) -> None:
    def die(told: str) -> None:
        if told.startswith(step):
            raise Killed

    with pytest.raises(Killed):
        rotation.rotate(fresh, ring, HERE, die, AT_ONCE)
    found = ring.rotation
    run(fresh, ring)
    (new,) = ring.read()
    assert found is None or Ring(fresh.settings.secrets_dir).rotation is None
    for context, text in sealed_texts(fresh).items():
        assert Vault([new]).open(context, text)


def test_killed_between_the_note_and_the_file_it_begins_again(
    fresh: Backend, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Ring, "write", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            run(fresh, ring)
    assert (fresh.settings.secrets_dir / STATE).exists()
    run(fresh, ring)
    assert len(ring.read()) == 1


def test_a_wait_that_was_interrupted_is_not_begun_anew(
    fresh: Backend, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(told: str) -> None:
        if told.startswith("3/4"):
            raise Killed

    with pytest.raises(Killed):
        rotation.rotate(fresh, ring, HERE, die, timedelta(seconds=60))
    under_way = ring.rotation
    assert under_way is not None
    assert under_way.first_since is not None
    waited: list[float] = []
    monkeypatch.setattr(
        rotation, "now", lambda: under_way.first_since + timedelta(seconds=59.5 + sum(waited))
    )
    monkeypatch.setattr(rotation, "time", SimpleNamespace(sleep=waited.append))  # not everybody's clock
    rotation.rotate(fresh, ring, HERE, lambda _: None, timedelta(seconds=60))
    assert sum(waited) == pytest.approx(0.5)


def test_one_at_a_time(fresh: Backend, ring: Ring) -> None:
    with ring.alone(), pytest.raises(SettingsError, match="Another rotation"):
        run(fresh, ring)


def test_a_folder_that_cannot_be_written_says_how_it_can(
    fresh: Backend, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = ring.read()
    monkeypatch.setattr("backend.sealed.ring.tempfile.mkstemp", refused)
    with pytest.raises(SettingsError, match="docker compose run --rm rotate_secrets"):
        run(fresh, ring)
    assert ring.read() == before


def test_it_is_in_the_audit_without_the_key(fresh: Backend, ring: Ring) -> None:
    run(fresh, ring)
    with fresh.database.read() as tx:
        found = list(tx.scalars(select(AuditEntry).where(AuditEntry.action == "secrets.rotated")))
    assert [entry.detail["state"] for entry in found] == ["sealing", "alone"]
    assert ring.read()[0] not in str([entry.detail for entry in found])


def test_what_was_sealed_with_a_key_that_is_lost_stays_as_it_is(fresh: Backend, tmp_path: Path) -> None:
    before = sealed_texts(fresh)
    (fresh.settings.secrets_dir / FILE).write_text(Fernet.generate_key().decode())
    rotation.reseal(fresh, lambda _: None)
    assert sealed_texts(fresh) == before


def test_every_sealed_column_is_known_to_the_rotation() -> None:
    """By name: who keeps something sealed calls it so, and adds a line."""
    sealed = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns
              if "sealed" in column.name}  # fmt: skip
    assert sealed == {
        "signing_keys.sealed_private_jwk",
        "sealed_secrets.sealed",
        "google_connections.sealed_refresh_token",
        "google_access_tokens.sealed_access_token",
    }
    assert SEALED.keys() == {"signing keys", "own secrets", "Google's tokens"}

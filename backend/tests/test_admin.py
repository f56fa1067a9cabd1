"""Administration from the command line."""

from collections.abc import Iterator

import pytest

from backend import admin
from backend.context import Backend
from backend.people import service as people
from backend.people.service import Profile
from backend.tests.conftest import HERE, NOBODY, entries, user_of
from servicekit.ids import new_id


@pytest.fixture
def run(fresh: Backend, monkeypatch: pytest.MonkeyPatch) -> Iterator[Backend]:
    """The environment in which the command finds the database of this test."""
    monkeypatch.setenv("DATABASE_URL", fresh.settings.database_url)
    monkeypatch.setenv("SECRETS_DIR", str(fresh.settings.secrets_dir))
    yield fresh
    fresh.database.engine.dispose()


def newcomer(parts: Backend, email: str | None = None, *, verified: bool = True) -> str:
    profile = Profile("https://issuer.example", new_id(), email, verified)
    with parts.database.write() as tx:
        return people.recognise(tx, profile, NOBODY, HERE).id


def test_a_person_is_approved_suspended_and_taken_back(
    run: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    user_id = newcomer(run, "ana@example.com")
    for command, status in (("approve", "active"), ("suspend", "suspended"), ("reactivate", "active")):
        admin.main(["users", command, "Ana@example.com"])
        assert user_of(run, user_id).status == status
    admin.main(["users", "list"])
    assert "ana@example.com" in capsys.readouterr().out
    assert [entry.address for entry in entries(run, user_id)] == ["command line"] * 4


def test_somebody_becomes_administrator(run: Backend) -> None:
    user_id = newcomer(run)
    admin.main(["users", "make-admin", user_id])
    with run.database.read() as tx:
        assert people.roles_of(tx, user_id) == ["admin"]


def test_an_address_that_two_people_have_is_not_guessed(run: Backend) -> None:
    ids = [newcomer(run, "ana@example.com") for _ in range(2)]
    with pytest.raises(SystemExit, match="2 people match"):
        admin.main(["users", "approve", "ana@example.com"])
    assert {user_of(run, user_id).status for user_id in ids} == {"pending"}


def test_an_address_that_nobody_vouches_for_names_nobody(
    run: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who only claims the administrator's address must not be made one by it."""
    impostor = newcomer(run, "boss@example.com", verified=False)
    with pytest.raises(SystemExit, match=r"0 people match.*only confirmed addresses count"):
        admin.main(["users", "make-admin", "boss@example.com"])
    assert user_of(run, impostor).status == "pending"
    admin.main(["users", "list"])
    assert "boss@example.com (not confirmed)" in capsys.readouterr().out

    owner = newcomer(run, "boss@example.com")
    admin.main(["users", "make-admin", "boss@example.com"])
    assert user_of(run, owner).status == "active"
    assert user_of(run, impostor).status == "pending"


def test_keys_are_rotated(run: Backend, capsys: pytest.CaptureFixture[str]) -> None:
    admin.main(["keys", "rotate"])
    assert "is published" in capsys.readouterr().out


def test_a_missing_secret_is_one_line(run: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETS_DIR", "/nowhere")
    with pytest.raises(SystemExit, match=r"^admin: The secret file"):
        admin.main(["users", "list"])

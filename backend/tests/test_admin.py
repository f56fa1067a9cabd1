"""Administration from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import admin
from backend.context import Backend
from backend.invitations import service as invitations
from backend.people import service as people
from backend.people.models import User
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


def test_the_rules_are_those_of_the_api(run: Backend) -> None:
    ada = newcomer(run, "ada@example.com")
    admin.main(["users", "make-admin", ada])
    with pytest.raises(SystemExit, match="last administrator"):
        admin.main(["users", "suspend", ada])
    with pytest.raises(SystemExit, match="last administrator"):
        admin.main(["users", "take", ada, "admin"])
    with pytest.raises(SystemExit, match="no role nobody"):
        admin.main(["users", "give", ada, "nobody"])
    with pytest.raises(SystemExit, match="Built-in roles"):
        admin.main(["roles", "change", "member", "documents:read"])
    with pytest.raises(SystemExit, match="no permission all:things"):
        admin.main(["roles", "make", "helper", "all:things"])
    with pytest.raises(SystemExit, match="is not a name for a role"):
        admin.main(["roles", "make", "No Name"])
    assert user_of(run, ada).status == "active"


def test_people_are_found_and_shown(run: Backend, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [newcomer(run, f"{name}@example.com") for name in ("ana", "bea", "carla")]
    admin.main(["users", "make-admin", ids[0]])
    capsys.readouterr()
    for words, found in (
        (["--search", "BEA"], ids[1:2]),
        (["--status", "pending"], ids[:0:-1]),
        (["--role", "admin"], ids[:1]),
        (["--role", "admin", "--status", "pending"], []),
    ):
        admin.main(["users", "list", *words])
        assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == found
    admin.main(["users", "show", "ana@example.com"])
    told = capsys.readouterr().out
    assert ids[0] in told
    assert "users:manage" in told


def test_a_role_is_made_given_changed_taken_and_removed(
    run: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    user_id = newcomer(run)
    admin.main(["roles", "make", "helper", "users:manage", "documents:read"])
    admin.main(["users", "give", user_id, "helper"])
    admin.main(["users", "approve", user_id])
    admin.main(["roles", "change", "helper", "audit:read"])
    with run.database.read() as tx:
        assert people.permissions_of(tx, tx.get_one(User, user_id)) == ["audit:read"]
    admin.main(["roles", "list"])
    assert "helper" in capsys.readouterr().out
    admin.main(["users", "take", user_id, "helper"])
    admin.main(["roles", "remove", "helper"])
    admin.main(["roles", "list"])
    assert "helper" not in capsys.readouterr().out.replace("helper is gone", "")
    told = [(entry.action, entry.actor, entry.address) for entry in entries(run, user_id)]
    assert told == [
        ("user.role_given", None, "command line"),
        ("user.status_changed", None, "command line"),
        ("user.role_taken", None, "command line"),
    ]


def test_an_invitation_of_the_operator_lets_somebody_in(
    run: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    admin.main(["invitations", "make", "Ana@Example.com", "--role", "admin"])
    invitation, link = capsys.readouterr().out.split()
    user_id = newcomer(run, "ana@example.com")
    with run.database.write() as tx:
        invitations.accept(tx, tx.get_one(User, user_id), link.rpartition("/")[2], HERE)
    assert user_of(run, user_id).status == "active"
    admin.main(["invitations", "list"])
    assert "accepted" in capsys.readouterr().out
    admin.main(["invitations", "withdraw", invitation])
    with pytest.raises(SystemExit, match=r"^admin: "):
        admin.main(["invitations", "withdraw", invitation])
    with pytest.raises(SystemExit, match=r"^admin: days"):
        admin.main(["invitations", "make", "b@example.com", "--days", "0"])


def test_a_database_without_tables_is_one_line(
    run: Backend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(SystemExit, match=r"^admin: The database .* migrations"):
        admin.main(["users", "list"])


def test_keys_are_rotated(run: Backend, capsys: pytest.CaptureFixture[str]) -> None:
    admin.main(["keys", "rotate"])
    assert "is published" in capsys.readouterr().out
    admin.main(["keys", "list"])
    old, new = capsys.readouterr().out.splitlines()
    assert "signs, is gone at" in old
    assert "signs from" in new


def test_a_missing_secret_is_one_line(run: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETS_DIR", "/nowhere")
    with pytest.raises(SystemExit, match=r"^admin: The secret file"):
        admin.main(["users", "list"])


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["invitations", "make", "nobody"], "'nobody' is not an e-mail address, such as"),
        (["invitations", "make", "a@b.example", "--role", "A B"], "'A B' is not the name of a role: small"),
        (["roles", "make", "Editor", "documents:read"], "'Editor' is not a name for a role: small letters"),
        (["invitations", "make", "a@b.example", "--days", "0"], "days: Input should be greater than"),
    ],
)
@pytest.mark.usefixtures("run")
def test_a_wrong_word_is_told_in_words(command: list[str], told: str) -> None:
    with pytest.raises(SystemExit, match=told) as refused:
        admin.main(command)
    assert "pattern" not in str(refused.value)

"""One's own data as an archive: all of it, nobody else's, and it says when something is missing."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zipfile import ZipFile

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from backend.context import Backend
from backend.tests.conftest import Person, at_the_door, entries
from backend.tests.keeper import Keeper, knowing, running_keeper
from servicekit.problems import Conflict, Unavailable

Somebody = Callable[[str], Person]
EXPORT = "/api/account/export"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def keeper(app: APIFlask) -> Iterator[Keeper]:
    with running_keeper(app.extensions["backend"]) as keeper:
        yield keeper


@contextmanager
def services(app: APIFlask, **urls: str) -> Iterator[None]:
    """The app asks these services."""
    before = app.extensions["backend"]
    app.extensions["backend"] = knowing(before, **urls)
    try:
        yield
    finally:
        app.extensions["backend"] = before


@pytest.fixture
def asking(app: APIFlask, keeper: Keeper) -> Iterator[None]:
    keeper.good_for = None
    with services(app, notes=keeper.url):
        yield


def archive(client: FlaskClient, person: Person) -> ZipFile:
    answer = client.get(EXPORT, headers=at_the_door(client, person))
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="zaguan-20')
    opened = ZipFile(io.BytesIO(answer.get_data()))
    assert opened.testzip() is None
    return opened


def read(opened: ZipFile, name: str) -> str:
    return opened.read(name).decode()


@pytest.mark.usefixtures("asking")
def test_everything_of_the_person_is_there_and_nothing_of_another(
    client: FlaskClient, parts: Backend, somebody: Somebody, keeper: Keeper
) -> None:
    mar, bea = somebody("member"), somebody("member")
    keeper.notes = {mar.id: [("Herbs.md", "marjoram"), ("Herbs.md", "thyme")], bea.id: [("Hers.md", "x")]}
    token = client.post(
        "/api/account/tokens",
        json={"name": "laptop", "permissions": ["documents:read"]},
        headers=at_the_door(client, mar),
    ).get_json()["token"]
    opened = archive(client, mar)
    assert sorted(opened.namelist()) == [
        "README.txt", "account/access-tokens.json", "account/devices.json", "account/google.json",
        "account/history.json", "account/invitations.json", "account/profile.json",
        "account/programs.json", "notes/Herbs (2).md", "notes/Herbs.md",
    ]  # fmt: skip
    assert read(opened, "notes/Herbs (2).md") == "thyme"
    assert opened.getinfo("notes/Herbs.md").date_time == (2026, 1, 2, 3, 4, 6)
    profile = json.loads(read(opened, "account/profile.json"))
    assert (profile["id"], profile["roles"], profile["status"]) == (mar.id, ["member"], "active")
    assert [t["name"] for t in json.loads(read(opened, "account/access-tokens.json"))] == ["laptop"]
    assert "token.made" in [e["action"] for e in json.loads(read(opened, "account/history.json"))]
    whole = "".join(read(opened, name) for name in opened.namelist())
    assert [secret for secret in (token, mar.cookie, "hash", bea.id) if secret in whole] == []
    assert [e.action for e in entries(parts, mar.id)][-1] == "account.exported"


@pytest.mark.usefixtures("asking")
def test_hostile_names_stay_in_their_folder(client: FlaskClient, somebody: Somebody, keeper: Keeper) -> None:
    mar = somebody("member")
    names = [
        "../../x.md",
        "/etc/passwd",
        "C:\\x",
        "..",
        "n\0ul",
        "é" * 5000,
        "README.txt",
        "\ud800",
        "a/../b",
    ]
    keeper.notes = {mar.id: [(name, "\ud800 text") for name in names]}
    opened = archive(client, mar)
    paths = [name for name in opened.namelist() if not name.startswith(("account/", "README"))]
    assert len(paths) == len(names)
    assert all(
        path.startswith("notes/") and path.count("/") == 1 and ".." not in path.split("/") for path in paths
    )


@pytest.mark.usefixtures("asking")
def test_a_service_that_breaks_off_is_told_in_the_archive(
    client: FlaskClient, somebody: Somebody, keeper: Keeper
) -> None:
    mar = somebody("member")
    keeper.notes = {mar.id: [(f"{n}.md", "text") for n in range(5)]}
    keeper.good_for = 3
    opened = archive(client, mar)
    assert "notes/2.md" in opened.namelist()
    assert "notes" in read(opened, "MISSING.txt")


def test_a_service_that_does_not_answer_is_named_and_nothing_is_sent(
    app: APIFlask, client: FlaskClient, parts: Backend, somebody: Somebody, keeper: Keeper
) -> None:
    mar = somebody("member")
    with services(app, notes=keeper.url, pictures=NOWHERE):
        for _ in range(6):  # a refused one leaves no place taken
            answer = client.get(EXPORT, headers=at_the_door(client, mar))
            assert answer.status_code == 503
            assert "pictures" in answer.get_json()["detail"]
    assert "account.exported" not in [e.action for e in entries(parts, mar.id)]


def test_who_fails_at_once_is_named_too(
    app: APIFlask, client: FlaskClient, somebody: Somebody, keeper: Keeper
) -> None:
    mar = somebody("member")
    keeper.notes, keeper.good_for = {mar.id: [("a.md", "text")]}, 0
    with services(app, notes=keeper.url):
        assert client.get(EXPORT, headers=at_the_door(client, mar)).status_code == 503


@pytest.mark.usefixtures("asking")
def test_it_is_for_the_browser_of_the_person_only(client: FlaskClient, somebody: Somebody) -> None:
    mar = somebody("member")
    draft = {"name": "laptop", "permissions": ["documents:read"]}
    made = client.post("/api/account/tokens", json=draft, headers=at_the_door(client, mar)).get_json()
    door = client.get(
        "/internal/authorize", headers={"X-Audience": "backend", "Authorization": f"Bearer {made['token']}"}
    )
    program = {"Authorization": f"Bearer {door.headers['X-Identity-Token']}"}
    assert client.get(EXPORT, headers=program).status_code == 403
    assert client.get(EXPORT).status_code == 401
    assert client.post(EXPORT, headers=at_the_door(client, mar)).status_code == 405


@pytest.mark.usefixtures("asking")
def test_one_at_a_time(client: FlaskClient, somebody: Somebody, keeper: Keeper) -> None:
    """The second is refused while the first is read; who hangs up, or only asks for the head, leaves their place."""
    mar = somebody("member")
    keeper.notes = {mar.id: [(f"{n}.md", "text") for n in range(5)]}
    for _ in range(5):
        first = client.get(EXPORT, headers=at_the_door(client, mar), buffered=False)
        assert client.get(EXPORT, headers=at_the_door(client, mar)).status_code == 409
        first.close()
        head = client.head(EXPORT, headers=at_the_door(client, mar))
        assert head.status_code == 200
        head.close()
    archive(client, mar)


def test_only_a_few_at_once_in_a_process(parts: Backend) -> None:
    places = parts.exports
    for n in range(parts.settings.threads // 4):
        places.take(f"person {n}")
    with pytest.raises(Unavailable):
        places.take("one more")
    with pytest.raises(Conflict):
        places.take("person 0")
    for n in range(parts.settings.threads // 4):
        places.leave(f"person {n}")

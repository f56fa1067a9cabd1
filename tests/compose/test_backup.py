"""`make backup`, everything destroyed, `make restore`: people, sessions, documents and keys are as they were."""

from contextlib import closing
from pathlib import Path

import httpx2

from tests.compose.engine import Project
from tests.support import people
from tests.support.waiting import until


def test_what_was_backed_up_is_there_after_everything_was_destroyed(project: Project) -> None:
    with closing(people.sign_in(project.url, "mar")) as mar:
        saved = mar.post("/api/documents", json={"title": "Kept ñ🍅", "body": "backed up", "tags": ["kept"]})
        account, keys = mar.get("/api/account").json(), key_ids(project)
        project.script("backup", "backup")
        mar.post("/api/documents", json={"title": "Later", "body": "", "tags": []})
        project.compose("down", "--volumes")

        assert "Nothing was changed" in project.script(
            "backup", "restore", backup(project), given="no\n", code=1
        )
        project.script("backup", "restore", backup(project), given="yes\n")
        assert mar.get("/api/account").json() == account
        assert mar.get(saved.headers["Location"]).json() == saved.json()
        assert [hit["title"] for hit in search(mar, "backed")] == ["Kept ñ🍅"]
        assert "Later" not in [item["title"] for item in mar.get("/api/documents").json()["items"]]
        assert key_ids(project) == keys
        told = "SELECT COUNT(*) FROM documents.outbox WHERE sent_at > NOW() - INTERVAL 1 MINUTE"
        until(lambda: int(project.sql(told)) > 0)


def test_a_backup_is_for_its_administrator_only_and_its_data_holds_no_secret(project: Project) -> None:
    files = sorted((project.folder / "backups").iterdir())
    assert [file.name.partition(".")[2] for file in files] == ["secrets.tar", "sql.gz"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    dump = project.run("gunzip", "--stdout", str(files[1]))
    master = project.compose("exec", "-T", "backend", "cat", "/run/secrets/master-key").strip()
    assert "CREATE TABLE" in dump
    assert master not in dump


def backup(project: Project) -> str:
    """The newest one, as `make restore` wants it named."""
    newest = max((project.folder / "backups").glob("*.sql.gz"))
    return str(Path(str(newest).removesuffix(".sql.gz")))


def search(client: httpx2.Client, words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/api/documents/search", params={"q": words}).json()["items"]
    return found


def key_ids(project: Project) -> set[str]:
    told = httpx2.get(f"{project.url}/.well-known/jwks.json", trust_env=False).json()
    return {key["kid"] for key in told["keys"]}

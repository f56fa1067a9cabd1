"""A database of the first release, brought to today's schema by today's migrations: nothing is lost.

`first-release.sql` is its dump: one person with a role and an entry in the audit, one document with tags. Sessions and
signing keys are left out; they were sealed with a master key that is gone.
"""

from contextlib import closing
from pathlib import Path

from tests.compose.engine import Project
from tests.support import people

DUMP = Path(__file__).with_name("first-release.sql")
PERSON = "01a20adb-0000-7000-8000-000000000001"
DOCUMENT = "01a20adb-0000-7000-8000-000000000002"
SERVICES = ("backend", "documents", "ai")


def test_a_database_of_the_first_release_is_brought_to_today_with_its_data(project: Project) -> None:
    project.compose("stop", "nginx", *SERVICES)
    project.sql("".join(f"DROP DATABASE {name}; CREATE DATABASE {name};" for name in SERVICES))
    dump = DUMP.read_text(encoding="utf-8")
    project.sql(dump.replace("http://localhost:8080", project.url))  # a person is issuer and subject
    project.up()

    with closing(people.sign_in(project.url, "mar")) as mar:
        account = mar.get("/api/account").json()
        assert (account["id"], account["status"], account["roles"]) == (PERSON, "active", ["member"])
        document = mar.get(f"/api/documents/{DOCUMENT}")
        assert (document.json()["title"], document.headers["ETag"]) == ("Albahaca ñ🍅", '"3"')
        assert document.json()["tags"] == ["huerto", "Verano"]
        assert document.json()["created_at"] == "2026-11-23T10:11:12.131415Z"
        found = mar.get("/api/documents/search", params={"q": "macetas"}).json()["items"]
        assert [hit["id"] for hit in found] == [DOCUMENT]
    kept = project.sql("SELECT action FROM backend.audit WHERE request_id = 'first-release'")
    assert kept.strip() == "user.created"

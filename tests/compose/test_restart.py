"""`docker compose down` and `up`: what was saved and who was signed in are still there."""

from contextlib import closing

from tests.compose.engine import Project
from tests.support import people


def test_data_and_sessions_outlive_the_containers(project: Project) -> None:
    with closing(people.sign_in(project.url, "mar")) as mar:
        saved = mar.post("/api/documents", json={"title": "Kept", "body": "in a volume", "tags": ["kept"]})
        account = mar.get("/api/account").json()
        project.compose("down")
        assert project.compose("ps", "--all", "--quiet") == ""
        project.up()
        assert mar.get("/api/account").json() == account
        assert mar.get(saved.headers["Location"]).json() == saved.json()
        assert mar.get("/api/documents/search", params={"q": "volume"}).json()["items"]

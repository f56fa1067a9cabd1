"""The database hangs, or goes and comes back: 503 in time, never a wrong answer, and all is well again afterwards."""

import time
from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest

from tests.compose.engine import Project
from tests.support import people

KEPT = 2.0  # seconds for which the gateway may still use a decision
ANSWERED = 5.0 + 3.0  # seconds in which whoever asks is told, and some for a busy machine
BACK = 10.0 + 10.0  # seconds until all is well again, likewise
PATHS = ("/api/account", "/api/documents", "/api/documents/samples")


@pytest.fixture
def mar(project: Project) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(project.url, "mar")) as client:
        assert [client.get(path).status_code for path in PATHS] == [200] * len(PATHS)
        yield client


def test_a_database_that_hangs_is_told_in_time(project: Project, mar: httpx2.Client) -> None:
    (database,) = project.containers("db")
    project.run("docker", "pause", database)
    try:
        assert mar.get("/").status_code == 200
        time.sleep(KEPT)
        refusals_in_time(mar)
    finally:
        project.run("docker", "unpause", database)
    well_again(mar)


def test_a_database_that_restarts_is_told_and_found_again(project: Project, mar: httpx2.Client) -> None:
    (database,) = project.containers("db")
    project.run("docker", "stop", "--time=30", database)
    try:
        time.sleep(KEPT)
        refusals_in_time(mar)
    finally:
        project.run("docker", "start", database)
        project.up("--no-recreate", "db")
    well_again(mar)


def refusals_in_time(client: httpx2.Client) -> None:
    """Whatever is asked, several times: 503 with Retry-After, and none of it late."""
    for path in PATHS * 2:
        began = time.monotonic()
        answer = client.get(path)
        seconds = time.monotonic() - began
        assert (answer.status_code, answer.json()["type"]) == (503, "/docs/errors/unavailable"), path
        assert int(answer.headers["Retry-After"]) >= 1
        assert seconds < ANSWERED, path


def well_again(client: httpx2.Client) -> None:
    """Everything works in time, with the same session; until then nobody is told that they are not signed in."""
    deadline = time.monotonic() + BACK
    while (answers := {client.get(path).status_code for path in PATHS}) != {200}:
        assert answers <= {200, 503}
        assert time.monotonic() < deadline
        time.sleep(0.2)
    saved = client.post("/api/documents", json={"title": "After it", "body": "", "tags": []})
    assert saved.status_code == 201

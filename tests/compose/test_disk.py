"""The disk is full: who writes is told so, what was acknowledged is there, and all is well once there is space."""

from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest

from tests.compose.engine import Project
from tests.support import people
from tests.support.waiting import until

SIZE, BALLAST = 12, 5  # megabytes
LARGE = "x" * 200_000
SERVE = "python -m documents migrate && exec python -m documents web"


@pytest.fixture
def small(project: Project) -> Iterator[str]:
    """The container of a documents service with a small disk for its database and for something else."""
    disk = f"{project.name}-small"
    options = ("type=tmpfs", "device=tmpfs", f"o=size={SIZE}m,uid=10001")
    project.run("docker", "volume", "create", *(f"--opt={option}" for option in options), disk)
    project.compose("stop", "documents")
    setting = ("--env=DATABASE_URL=sqlite:////small/documents.db", "--env=DATABASE_PASSWORD_FILE=")
    place = ("--detach", "--no-deps", "--use-aliases", f"--volume={disk}:/small", "--entrypoint=/bin/sh")
    container = project.compose("run", *place, *setting, "documents", "-c", SERVE).strip()
    inside(project, container, f"dd if=/dev/zero of=/small/ballast bs=1M count={BALLAST}")
    yield container
    project.run("docker", "rm", "--force", container)
    project.run("docker", "volume", "rm", disk)
    project.up("--no-deps", "--no-recreate", "documents")


def test_a_full_disk_is_told_loses_nothing_and_is_forgotten_when_there_is_space(
    project: Project, small: str
) -> None:
    with closing(people.sign_in(project.url, "mar")) as mar:
        until(lambda: mar.get("/api/documents").status_code == 200)
        kept = list[str]()
        while (answer := save(mar, LARGE)).status_code == 201:
            kept.append(answer.json()["id"])
        assert len(kept) > 3
        refused(answer)
        for _ in range(3):
            refused(save(mar, LARGE))
        assert there(mar) == set(kept)
        inside(project, small, "rm /small/ballast")
        until(lambda: save(mar, "There is space again.").status_code == 201, within=10)
        assert there(mar) > set(kept)
        assert all(mar.get(f"/api/documents/{each}").json()["body"] == LARGE for each in kept)


def refused(answer: httpx2.Response) -> None:
    assert (answer.status_code, answer.json()["type"]) == (503, "/docs/errors/unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


def save(client: httpx2.Client, body: str) -> httpx2.Response:
    return client.post("/api/documents", json={"title": "On a small disk", "body": body, "tags": []})


def there(client: httpx2.Client) -> set[str]:
    answer = client.get("/api/documents", params={"limit": "100"})
    assert answer.status_code == 200
    return {item["id"] for item in answer.json()["items"]}


def inside(project: Project, container: str, command: str) -> None:
    project.run("docker", "exec", container, "/bin/sh", "-c", command)

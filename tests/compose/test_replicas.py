"""Three of each: all work, one may go in good order or by force."""

import json
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from scripts.roll import ROLLED
from tests.compose.engine import Project
from tests.compose.ledger import WRITERS, Ledger, load
from tests.support import people

REPLICAS = 3
NOTICED = 12.0  # seconds: longer than the gateway needs to learn of what has come or gone


@pytest.fixture(scope="module")
def scaled(project: Project) -> Iterator[Project]:
    project.up("--no-recreate", *(f"--scale={name}={REPLICAS}" for name in ("backend", "documents")))
    time.sleep(NOTICED)
    yield project
    project.up()


def test_new_replicas_are_found_without_a_reload_and_all_of_them_work(scaled: Project) -> None:
    before = scaled.inspect(*scaled.containers("nginx"))["State"]["StartedAt"]
    with load(scaled.url) as ledger:
        pass
    assert (ledger.failed_reads, ledger.failed_writes) == ([], [])
    assert scaled.inspect(*scaled.containers("nginx"))["State"]["StartedAt"] == before
    for service in ("backend", "documents"):
        assert addresses(scaled, service) <= answering(scaled)


@pytest.mark.parametrize("service", ["documents", "backend"])
def test_a_replica_that_is_stopped_in_good_order_fails_nothing(scaled: Project, service: str) -> None:
    ledger = without_one(scaled, service, "SIGTERM")
    assert ledger.failed_reads == []
    assert ledger.failed_writes == []


@pytest.mark.parametrize("service", ["documents", "backend"])
def test_a_replica_that_is_killed_fails_no_read_and_only_the_writes_in_flight(
    scaled: Project, service: str
) -> None:
    ledger = without_one(scaled, service, "SIGKILL")
    assert ledger.failed_reads == []
    assert len(ledger.failed_writes) <= WRITERS
    assert set(ledger.failed_writes) <= {503, 504}


def test_a_new_version_replaces_the_old_one_and_fails_nothing(scaled: Project) -> None:
    for service in ("backend", "documents"):
        scaled.up("--no-recreate", "--no-deps", f"--scale={service}=2", service)
    old = {container for service in ROLLED for container in scaled.containers(service)}
    with (scaled.folder / "libs" / "servicekit" / "__init__.py").open("a", encoding="utf-8") as source:
        source.write("# a newer release\n")
    with load(scaled.url) as ledger:
        told = scaled.script("roll")
    new = {container for service in ROLLED for container in scaled.containers(service)}
    assert "documents, 2 of 2" in told
    assert len(old) == len(new) == 6
    assert not old & new
    assert len(ledger.reads) > 1000
    assert (ledger.failed_reads, ledger.failed_writes) == ([], [])


def without_one(project: Project, service: str, signal: str) -> Ledger:
    """The ledger of a time in which one replica went; what was acknowledged is there. Then it comes back."""
    victim = project.containers(service)[0]
    with load(project.url) as ledger:
        project.signal(victim, signal)
        time.sleep(NOTICED)
    with closing(people.sign_in(project.url, "mar")) as mar:
        assert ledger.lost(mar) == set()
    project.run("docker", "start", victim)
    project.up("--no-recreate", *(f"--scale={name}={REPLICAS}" for name in ("backend", "documents")))
    return ledger


def addresses(project: Project, service: str) -> set[str]:
    """Of the replicas, as the gateway sees them."""
    network = f"{project.name}_services"
    told = [project.inspect(container)["NetworkSettings"] for container in project.containers(service)]
    assert len(told) == REPLICAS
    return {f"{settings['Networks'][network]['IPAddress']}:8000" for settings in told}


def answering(project: Project) -> set[str]:
    """Who has answered, as the gateway's log tells: the services, and the backend's decisions by its own log."""
    lines = project.compose("logs", "--no-log-prefix", "nginx").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return {address for entry in told for address in entry["upstream"].split(", ")}

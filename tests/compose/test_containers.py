"""Each container may do, reach and know only what it needs."""

import json
import re
from typing import Any

import pytest

from tests.compose.engine import SERVICES, Project
from tests.support import people

OURS = ("nginx", "backend", "documents", "ai", "frontend", "demo_idp")
NETWORKS = {
    "nginx": {"edge", "services"},
    "backend": {"services", "data", "outbound"},
    "documents": {"services", "data"},
    "ai": {"services", "data", "outbound"},
    "frontend": {"services"},
    "demo_idp": {"services"},
    "rabbitmq": {"services"},
    "db": {"data"},
}
SECRETS = {
    "nginx": set[str](),
    "backend": {
        "broker-password",
        "database-ca.pem",
        "database-password",
        "demo-client-secret",
        "master-key",
        "service-key-ai.pub.pem",
        "service-key-documents.pub.pem",
    },
    "documents": {"broker-password", "database-ca.pem", "database-password", "service-key-documents.pem"},
    "ai": {"broker-password", "database-ca.pem", "database-password", "service-key-ai.pem"},
    "demo_idp": {"demo-client-secret", "demo-idp-key.pem"},
    "rabbitmq": {"definitions.json", "definitions-unbound.json", "rabbitmq.conf"},
    "db": {"ca.pem", "client.cnf", "root-password", "server-cert.pem", "server-key.pem", "users.sql"},
}
# MB: ours may have 250, with models inside 800; the gateway and the app are nginx, a shell and some files.
LARGEST = {"nginx": 40, "frontend": 40, "backend": 250, "documents": 250, "ai": 800, "demo_idp": 250}
IDLE = 2 * 1024  # MiB, all containers together


def inspect(project: Project, service: str) -> dict[str, Any]:
    (container,) = project.containers(service)
    return project.inspect(container)


def test_these_and_no_others_run(project: Project) -> None:
    assert set(project.compose("ps", "--services").split()) == set(SERVICES)


def test_only_the_gateway_can_be_reached_from_outside_and_from_this_machine_only(project: Project) -> None:
    for service in SERVICES:
        bound = inspect(project, service)["HostConfig"]["PortBindings"] or {}
        expected = [{"HostIp": "127.0.0.1", "HostPort": str(project.port)}] if service == "nginx" else []
        assert [address for addresses in bound.values() for address in addresses or []] == expected, service


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_can_do_little(project: Project, service: str) -> None:
    told = inspect(project, service)
    host = told["HostConfig"]
    assert told["Config"]["User"].split(":")[0] not in {"", "0", "root"}
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert host["Memory"] > 0
    assert host["PidsLimit"] > 0
    assert host["RestartPolicy"]["Name"] == "unless-stopped"
    assert told["State"]["Health"]["Status"] == "healthy"


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_is_where_it_must_be(project: Project, service: str) -> None:
    joined = inspect(project, service)["NetworkSettings"]["Networks"]
    assert {name.removeprefix(f"{project.name}_") for name in joined} == NETWORKS[service]


@pytest.mark.parametrize("service", SECRETS)
def test_secrets_are_files_that_only_their_reader_can_read(project: Project, service: str) -> None:
    told = project.compose("exec", "-T", service, "bash", "-c", "for f in /run/secrets/*; do echo $f; done")
    names = {line.rpartition("/")[2] for line in told.split()} - {"*"}
    assert names == SECRETS[service]
    (mount,) = [m for m in inspect(project, service)["Mounts"] if m["Destination"] == "/run/secrets"]
    assert not mount["RW"]
    if names and service != "nginx":
        modes = project.compose("exec", "-T", service, "stat", "-c", "%a", "/run/secrets", *paths(names))
        assert modes.split() == ["700", *["400"] * len(names)]


def paths(names: set[str]) -> list[str]:
    return [f"/run/secrets/{name}" for name in names]


def test_no_secret_is_in_an_environment_a_command_line_or_an_image(project: Project) -> None:
    secrets = {
        word for service in ("backend", "documents", "ai", "demo_idp") for word in words(project, service)
    }
    root = project.compose("exec", "-T", "db", "cat", "/run/secrets/root-password").strip()
    assert len(secrets | {root}) == 9
    containers = project.compose("ps", "--all", "--quiet").split()
    told = [json.dumps(project.inspect(container)) for container in containers]
    images = project.run("docker", "image", "ls", "--quiet", f"--filter=reference=zaguan/*:{project.name}")
    told += [project.run("docker", "history", "--no-trunc", image) for image in images.split()]
    told.append(project.compose("logs", "--no-color"))
    assert [n for n, text in enumerate(told) for secret in secrets | {root} if secret in text] == []


def words(project: Project, service: str) -> set[str]:
    """The passwords and keys that a service was given."""
    names = paths({name for name in SECRETS[service] if "." not in name})
    each = 'for file; do cat "$file"; echo; done'
    return set(project.compose("exec", "-T", service, "bash", "-c", each, "bash", *names).split())


def test_the_administration_is_a_command(project: Project) -> None:
    people.sign_in(project.url, "ada").close()
    assert "ada@demo.example" in project.compose("exec", "-T", "backend", "zaguan-admin", "users", "list")


def test_prometheus_would_find_its_numbers(project: Project) -> None:
    """Its own container needs an image that is not always there; what it asks for is."""
    asked = project.compose("--profile=monitoring", "config", "--format=json")
    published = json.loads(asked)["services"]["prometheus"]["ports"]
    assert [port["host_ip"] for port in published] == ["127.0.0.1"]
    read = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())"
    for address, name in (
        ("backend:8000", "http_requests_total"),
        ("backend:8001", "events_outbox_lag_seconds"),
        ("rabbitmq:15692", "rabbitmq_queues"),
    ):
        url = f"http://{address}/metrics"
        assert name in project.compose("exec", "-T", "documents", "python", "-c", read, url)


def test_images_are_small(project: Project) -> None:
    for service in OURS:
        size = project.run(
            "docker", "image", "inspect", "--format={{.Size}}", f"zaguan/{service}:{project.name}"
        )
        assert int(size) / 1e6 < LARGEST[service], service


def test_the_idle_platform_takes_little_memory(project: Project) -> None:
    containers = project.compose("ps", "--quiet").split()
    told = project.run("docker", "stats", "--no-stream", "--format={{.MemUsage}}", *containers)
    used = [
        float(size) * (1024 if unit == "GiB" else 1) for size, unit in re.findall(r"([\d.]+)([GM]iB) /", told)
    ]
    assert len(used) == len(SERVICES)
    assert sum(used) < IDLE

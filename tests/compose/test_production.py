"""docker-compose.prod.yml: https only, no demo provider, and no start without real settings."""

import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from scripts.ports import free_block
from tests.compose.engine import Project, checkout, destroyed

CLIENT = {"web": {"client_id": "7.apps.example", "client_secret": "GOCSPX-of-a-test"}}


@pytest.fixture(scope="module")
def production(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """As a deployer would set it up, with the images that were built already."""
    folder = Path(tmp_path_factory.mktemp("production"))
    checkout(folder)
    other = Project(folder, settings(project.tag))
    other.url = other.environment["PUBLIC_URL"]
    other.script("dev_cert")
    (folder / "secrets" / "client-secret.json").write_text(json.dumps(CLIENT), encoding="utf-8")
    with destroyed(other):
        other.up()
        yield other


def settings(tag: str) -> dict[str, str]:
    port = free_block(2)
    return {
        "COMPOSE_FILE": "docker-compose.yml:docker-compose.prod.yml",
        "TAG": tag,
        "BIND": "127.0.0.1",
        "HTTPS_PORT": str(port),
        "HTTP_PORT": str(port + 1),
        "PUBLIC_URL": f"https://localhost:{port}",
    }


@pytest.fixture
def visitor(production: Project) -> Iterator[httpx2.Client]:
    """A browser that trusts the certificate's authority."""
    trusted = ssl.create_default_context(cafile=production.folder / "secrets" / "tls-authority.pem")
    with httpx2.Client(base_url=production.url, verify=trusted, trust_env=False) as client:
        yield client


def test_https_is_served_and_asked_for_from_now_on(visitor: httpx2.Client) -> None:
    for path, status in (("/", 200), ("/healthz", 200), ("/api/account", 401), ("/nothing", 404)):
        answer = visitor.get(path)
        assert answer.status_code == status
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert visitor.get("/api/documents/samples").json()["items"]


def test_http_only_leads_to_https(production: Project) -> None:
    plain = f"http://localhost:{production.environment['HTTP_PORT']}"
    answer = httpx2.get(f"{plain}/app?x=1", headers={"Host": "elsewhere.example"}, trust_env=False)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{production.url}/app?x=1")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_http_2_over_modern_tls(production: Project, version: ssl.TLSVersion) -> None:
    context = ssl.create_default_context(cafile=production.folder / "secrets" / "tls-authority.pem")
    context.set_alpn_protocols(["h2"])
    context.minimum_version = context.maximum_version = version
    address = ("127.0.0.1", int(production.environment["HTTPS_PORT"]))
    with (
        socket.create_connection(address, 10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        assert connection.selected_alpn_protocol() == "h2"


def test_there_is_no_demo_provider(production: Project, visitor: httpx2.Client) -> None:
    assert "demo_idp" not in production.compose("ps", "--all", "--services").split()
    assert visitor.get("/demo-idp/.well-known/openid-configuration").status_code == 404
    assert visitor.get("/auth/login").status_code != 302  # the provider is not reachable from a test


@pytest.mark.parametrize(
    ("service", "changed", "told"),
    [
        ("backend", {"PUBLIC_URL": "http://localhost"}, "PUBLIC_URL must start with https://"),
        ("documents", {"PUBLIC_URL": "http://localhost"}, "PUBLIC_URL must start with https://"),
        ("nginx", {"PUBLIC_URL": "https://localhost/path"}, "PUBLIC_URL"),
        ("nginx", {"PUBLIC_URL": ""}, "PUBLIC_URL"),
        ("nginx", {"RATE_API": "fast"}, "RATE_API"),
        ("nginx", {"TRUSTED_PROXIES": "all;"}, "TRUSTED_PROXIES"),
    ],
)
def test_a_wrong_setting_stops_the_start(
    production: Project, service: str, changed: dict[str, str], told: str
) -> None:
    other = Project(production.folder, production.environment | changed, name=production.name)
    assert told in other.fails("compose", "run", "--rm", "--no-deps", service)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "client-secret.json is missing"),
        ({"web": {"client_id": "your-client-id", "client_secret": "x"}}, "placeholder"),
        ({}, "not a client secret"),
    ],
)
def test_a_client_that_is_none_stops_the_start(production: Project, content: object, told: str) -> None:
    file = production.folder / "secrets" / "client-secret.json"
    file.unlink()
    if content is not None:
        file.write_text(json.dumps(content), encoding="utf-8")
    try:
        production.compose("run", "--rm", "--no-deps", "init")
        assert told in production.fails("compose", "run", "--rm", "--no-deps", "backend")
    finally:
        file.write_text(json.dumps(CLIENT), encoding="utf-8")
        production.compose("run", "--rm", "--no-deps", "init")


def test_without_a_certificate_the_gateway_does_not_start(production: Project) -> None:
    key = production.folder / "secrets" / "tls-key.pem"
    kept = key.read_text(encoding="utf-8")
    key.unlink()
    try:
        production.compose("run", "--rm", "--no-deps", "init")
        assert "secrets/tls-key.pem is missing" in production.fails(
            "compose", "run", "--rm", "--no-deps", "nginx"
        )
    finally:
        key.write_text(kept, encoding="utf-8")
        production.compose("run", "--rm", "--no-deps", "init")

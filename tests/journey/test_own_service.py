"""A service of one's own behind the door: ten lines of Python, three of nginx, one address, one line of policy."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from backend.policy import FILE as POLICY
from scripts import gateway, processes
from scripts.ports import free_block
from scripts.processes import Running
from scripts.stack import ROOT, Process
from tests.support import people
from tests.support.platform import Platform, running_platform

SERVICE = """\
from servicekit import create_service, current_identity, require

app = create_service("notes")


@app.get("/api/notes")
@require("documents:read")
def notes() -> dict[str, str]:
    return {"owner": current_identity().subject}
"""
ROUTE = """
    location ~ ^/api/notes(?:/|$) {
        set $audience notes;
        include snippets/protected.conf;
        proxy_pass http://notes;
    }
"""
ADDRESS = "upstream notes { server ${NOTES}; include snippets/keepalive.conf; }\n"
PERMISSION = 'notes = ["documents:read"]\n'


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    policy = tmp_path_factory.mktemp("policy") / "policy.toml"
    policy.write_text(POLICY.read_text() + PERMISSION)
    with running_platform({"POLICY_FILE": str(policy)}) as platform:
        yield platform


@pytest.fixture(scope="module")
def notes(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service, started with an ordinary WSGI server; its address."""
    folder = tmp_path_factory.mktemp("notes")
    (folder / "notes.py").write_text(SERVICE)
    port = free_block(1)
    told = platform.stack.environment("documents")
    environment = told | {"PYTHONPATH": f"{folder}:{ROOT / 'libs'}"}
    command = (sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "notes:app")
    with started("notes", command, environment, f"http://127.0.0.1:{port}/readyz", folder):
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def door(platform: Platform, notes: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway whose list of routes has the one more; its address."""
    folder = tmp_path_factory.mktemp("gateway")
    source = folder / "nginx"
    shutil.copytree(ROOT / "nginx", source)
    routes, addresses = source / "configs" / "default.conf", source / "templates" / "upstreams.conf.template"
    routes.write_text(routes.read_text().replace("    # --- Signing in", ROUTE + "\n    # --- Signing in", 1))
    addresses.write_text(addresses.read_text() + ADDRESS)
    told = replace(
        platform.stack.gateway_settings(), port=free_block(1), source=source, services={"notes": notes}
    )
    command = gateway.render(told, folder / "prefix")
    address = f"http://127.0.0.1:{told.port}"
    with started("gateway", command, {}, f"{address}/healthz", folder):
        yield address
    gateway.clean(folder / "prefix")


@contextmanager
def started(
    name: str, command: Sequence[str], env: Mapping[str, str], ready: str, folder: Path
) -> Iterator[None]:
    part = Running(Process(name, lambda: command, env, ready), folder / "log")
    processes.start([part], within=30)
    try:
        yield
    finally:
        processes.stop([part])


def test_it_serves_the_person_who_signed_in_once(platform: Platform, door: str) -> None:
    with closing(people.sign_in(platform.url, "mar")) as mar:
        account = mar.get("/api/account").json()
        answer = mar.get(f"{door}/api/notes", headers=cookie_of(mar))
    assert (answer.status_code, answer.json()) == (200, {"owner": account["id"]})


def test_it_is_closed_to_everybody_else(platform: Platform, door: str) -> None:
    assert httpx2.get(f"{door}/api/notes", trust_env=False).status_code == 401
    with closing(people.sign_in(platform.url, "pau")) as pau:
        refused = pau.get(f"{door}/api/notes", headers=cookie_of(pau))
    assert (refused.status_code, refused.json()["type"]) == (403, "/docs/errors/awaiting-approval")


def test_reached_directly_it_believes_only_a_token_for_itself(platform: Platform, notes: str) -> None:
    with closing(people.sign_in(platform.url, "mar")) as mar:
        cookie = cookie_of(mar)
    asked = f"{platform.direct('backend')}/internal/authorize"
    for audience, status in (("documents", 401), ("notes", 200)):
        decided = httpx2.get(asked, headers={"X-Audience": audience, **cookie}, trust_env=False)
        bearer = {"Authorization": f"Bearer {decided.headers['X-Identity-Token']}"}
        assert httpx2.get(f"http://{notes}/api/notes", headers=bearer, trust_env=False).status_code == status
    assert httpx2.get(f"http://{notes}/api/notes", headers=cookie, trust_env=False).status_code == 401


def cookie_of(client: httpx2.Client) -> dict[str, str]:
    """The session as a header: the second gateway has another port, which is nothing to a browser's cookie."""
    return {"Cookie": f"__Host-session={client.cookies['__Host-session']}"}


def test_it_takes_ten_lines() -> None:
    assert len([line for line in SERVICE.splitlines() if line.strip()]) <= 10
    assert len(ROUTE.strip().splitlines()) == 2 + 3

"""A service of one's own behind the door: ten lines of Python, three of nginx, one address, one line of policy."""

from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest

from backend.policy import FILE as POLICY
from tests.support import people
from tests.support.own_service import ROUTE, cookie_of, running_gateway, running_service
from tests.support.platform import Platform, running_platform

SERVICE = """\
from servicekit import create_service, current_identity, require

app = create_service("notes")


@app.get("/api/notes")
@require("documents:read")
def notes() -> dict[str, str]:
    return {"owner": current_identity().subject}
"""
PERMISSION = 'notes = ["documents:read"]\n'


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    policy = tmp_path_factory.mktemp("policy") / "policy.toml"
    policy.write_text(POLICY.read_text() + PERMISSION)
    with running_platform({"POLICY_FILE": str(policy)}) as platform:
        yield platform


@pytest.fixture(scope="module")
def notes(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service; its address."""
    folder = tmp_path_factory.mktemp("notes")
    (folder / "notes.py").write_text(SERVICE)
    with running_service(platform, "notes", folder, folder) as address:
        yield address


@pytest.fixture(scope="module")
def door(platform: Platform, notes: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway with a route to it; its address."""
    with running_gateway(platform, "notes", notes, tmp_path_factory.mktemp("gateway")) as address:
        yield address


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


def test_it_takes_ten_lines() -> None:
    assert len([line for line in SERVICE.splitlines() if line.strip()]) <= 10
    assert len(ROUTE.strip().splitlines()) == 2 + 3

"""A clock is wrong, of whichever part: a minute is tolerated, ten are refused, and nothing breaks."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from scripts.programs import FAKETIME
from tests.journey.test_one_sign_in import eventually
from tests.support import people
from tests.support.platform import Platform, running_platform

A_MINUTE, TEN_MINUTES = (60, -60), (600, -600)


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    with running_platform() as platform:
        yield platform


@contextmanager
def clock_off(platform: Platform, name: str, seconds: int) -> Iterator[None]:
    """One part is started again with a clock that is so far from everybody else's."""
    part = platform.parts[name]
    right = part.process

    def command() -> list[str]:
        return [FAKETIME.path, "-m", "-f", f"{seconds:+d}s", *right.command()]

    platform.stop(name)
    part.process = replace(right, command=command, env={**right.env, "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
    _forget_the_dead()
    try:
        platform.start(name)
        yield
    finally:
        platform.stop(name)
        part.process = right
        platform.start(name)


def _forget_the_dead() -> None:
    """What faketime left behind when it was killed: a new one with the same process id would not start."""
    for file in Path("/dev/shm").glob("*faketime_s*_*"):
        if not Path(f"/proc/{file.name.rpartition('_')[2]}").exists():
            file.unlink(missing_ok=True)


@pytest.mark.parametrize("seconds", A_MINUTE)
@pytest.mark.parametrize("part", ["demo_idp", "documents"])
def test_a_minute_is_tolerated(own: Platform, part: str, seconds: int) -> None:
    with clock_off(own, part, seconds), closing(people.sign_in(own.url, "mar")) as mar:
        assert eventually(mar, "/api/documents", 200).status_code == 200
        saved = mar.post("/api/documents", json={"title": "In time", "body": "", "tags": []})
        assert saved.status_code == 201
        assert mar.get("/api/account").status_code == 200


@pytest.mark.parametrize("seconds", TEN_MINUTES)
def test_who_is_vouched_for_ten_minutes_off_is_not_signed_in(own: Platform, seconds: int) -> None:
    with clock_off(own, "demo_idp", seconds), people.visitor(own.url) as client:
        page = choose(client)
        assert page.status_code >= 400
        assert "Try again" in page.text
        assert "__Host-session" not in client.cookies
    people.sign_in(own.url, "mar").close()


@pytest.mark.parametrize("seconds", TEN_MINUTES)
def test_a_service_that_is_ten_minutes_off_refuses_and_the_others_go_on(own: Platform, seconds: int) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar:
        with clock_off(own, "documents", seconds):
            refused = eventually(mar, "/api/documents", 401)
            assert refused.headers["Content-Type"] == "application/problem+json"
            assert mar.get("/api/account").status_code == 200
        assert eventually(mar, "/api/documents", 200).status_code == 200


def choose(client: httpx2.Client) -> httpx2.Response:
    """The backend's answer to somebody who comes back from the provider."""
    asked = client.get("/auth/login")
    chosen = client.post(asked.headers["location"], data={"account": "mar"})
    return client.get(chosen.headers["location"])

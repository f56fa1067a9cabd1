"""The example of docs/google-apis.md, as it stands there: a service reads its person's calendar, if they let it."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx2
import pytest

from backend.policy import FILE as POLICY
from demo_idp.accounts import CALENDAR
from scripts.shell import ROOT
from tests.support import people
from tests.support.own_service import cookie_of, running_gateway, running_service
from tests.support.platform import Platform, running_platform

EXAMPLES = ROOT / "docs" / "examples"
ACCOUNT = "/api/account/google"
MAY = '[google.services]\nagenda = ["calendar.readonly"]\n'


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    policy = tmp_path_factory.mktemp("policy") / "policy.toml"
    policy.write_text(POLICY.read_text().replace("[google.services]\n", MAY))
    with running_platform({"POLICY_FILE": str(policy)}) as platform:
        yield platform


@pytest.fixture(scope="module")
def door(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway with a route to the example; its address."""
    apis = {"GOOGLE_APIS": f"{platform.direct('demo_idp')}/demo-idp"}
    with (
        running_service(platform, "agenda", EXAMPLES, tmp_path_factory.mktemp("agenda"), apis) as service,
        running_gateway(platform, "agenda", service, tmp_path_factory.mktemp("gateway")) as address,
    ):
        yield address


def agenda_of(person: httpx2.Client, door: str) -> httpx2.Response:
    return person.get(f"{door}/api/agenda", headers=cookie_of(person))


def connect(person: httpx2.Client, account: str, *grant: str) -> httpx2.Response:
    """In the app, then at the provider, then back."""
    begun = person.post(ACCOUNT, json={"scopes": ["calendar.readonly"]})
    assert begun.status_code == 200, begun.text
    asked = person.get(begun.json()["location"])
    page = person.get(asked.headers["location"])
    assert CALENDAR in page.text
    chosen = person.post(str(page.url), data={"account": account, "grant": list(grant)})
    return person.get(chosen.headers["location"], headers={"Accept": "text/html"})


def problem(answer: httpx2.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()["type"]


def test_the_whole_way(platform: Platform, door: str) -> None:
    with closing(people.sign_in(platform.url, "mar")) as mar:
        assert problem(agenda_of(mar, door)) == (409, "/docs/errors/google-not-connected")

        refused = connect(mar, "ada", CALENDAR)
        assert refused.status_code == 403
        assert "another account" in refused.text
        assert connect(mar, "mar").status_code == 403  # nothing ticked

        connected = connect(mar, "mar", CALENDAR)
        assert (connected.status_code, connected.headers["location"]) == (303, "/app/account")
        answer = agenda_of(mar, door)
        assert (answer.status_code, len(answer.json()["planned"])) == (200, 3)
        state = mar.get(ACCOUNT).json()
        assert (state["scopes"], state["email"]) == (["calendar.readonly"], "mar@demo.example")

        platform.stop("demo_idp")  # it forgets all tokens, as if they had been taken back
        assert problem(agenda_of(mar, door)) == (503, "/docs/errors/unavailable")
        platform.start("demo_idp")
        assert mar.delete(ACCOUNT).json()["revoked"] is True
        assert problem(agenda_of(mar, door)) == (409, "/docs/errors/google-not-connected")


def test_everybody_has_their_own(platform: Platform, door: str) -> None:
    with (
        closing(people.sign_in(platform.url, "ada")) as ada,
        closing(people.sign_in(platform.url, "mar")) as mar,
    ):
        connect(ada, "ada", CALENDAR)
        assert agenda_of(ada, door).status_code == 200
        assert agenda_of(mar, door).status_code == 409
    assert httpx2.get(f"{door}/api/agenda", trust_env=False).status_code == 401


def test_nothing_of_it_can_be_reached_through_the_gateway(platform: Platform) -> None:
    with closing(people.sign_in(platform.url, "mar")) as mar:
        assert mar.post("/internal/google-token", data={"scope": "calendar.readonly"}).status_code == 404
        connect(mar, "mar", CALENDAR)
        told = mar.get(ACCOUNT)
    assert not re.search(r"token|ya29|\beyJ", told.text)


def test_no_token_is_in_a_log(platform: Platform) -> None:
    logs = "".join(platform.logs(name) for name in platform.parts)
    assert "/internal/google-token" in logs or "google_tokens.google_token" in logs
    assert not re.search(r"ticket=[\w-]{20}|access_token|refresh_token|client_assertion|\beyJ[\w-]{20}", logs)


def test_the_page_shows_the_example_as_it_is() -> None:
    page = (ROOT / "docs" / "google-apis.md").read_text(encoding="utf-8")
    shown = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert shown
    assert shown[1] in (EXAMPLES / "agenda.py").read_text(encoding="utf-8")

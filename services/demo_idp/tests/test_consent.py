"""More than signing in: what a person grants, what tokens can do, and how they are renewed."""

import re

import pytest

from demo_idp.accounts import CALENDAR, DRIVE, TASKS
from demo_idp.app import create_app
from demo_idp.settings import DemoSettings
from demo_idp.tests.relying_party import RelyingParty

ASKED = f"openid email {CALENDAR} {TASKS}"


def scopes(tokens: dict[str, str]) -> set[str]:
    return set(tokens["scope"].split())


@pytest.fixture
def rotating(settings: DemoSettings) -> RelyingParty:
    return RelyingParty(create_app(settings.model_copy(update={"demo_idp_rotates": True})))


def test_the_page_has_a_box_for_each_thing_asked_for(party: RelyingParty) -> None:
    boxes = re.findall(r'name="grant" value="([^"]+)"', party.open(scope=ASKED).text)
    assert boxes == [CALENDAR, TASKS]
    assert "see the events of your calendars" in party.open(scope=ASKED).text
    assert "fieldset" not in party.open().text


def test_what_is_ticked_is_granted_and_nothing_else(party: RelyingParty) -> None:
    code = party.code(scope=ASKED, grant=[CALENDAR, DRIVE])
    assert scopes(party.redeem(code).get_json()) == {"openid", "email", CALENDAR}


def test_consent_is_incremental_where_it_is_asked_to_be(party: RelyingParty) -> None:
    party.code(scope=f"openid {CALENDAR}", grant=[CALENDAR])
    more = party.redeem(party.code(scope=f"openid {TASKS}", grant=[TASKS], include_granted_scopes="true"))
    assert scopes(more.get_json()) == {"openid", CALENDAR, TASKS}
    only = party.redeem(party.code(scope=f"openid {TASKS}", grant=[TASKS]))
    assert scopes(only.get_json()) == {"openid", TASKS}
    others = party.redeem(party.code("ada", scope=f"openid {TASKS}", include_granted_scopes="true"))
    assert scopes(others.get_json()) == {"openid"}


def test_a_narrower_token_can_be_asked_for(party: RelyingParty) -> None:
    code = party.code(scope=ASKED, grant=[CALENDAR, TASKS], access_type="offline")
    tokens = party.redeem(code).get_json()
    narrow = party.refresh(tokens["refresh_token"], scope=TASKS).get_json()
    assert scopes(narrow) == {TASKS}
    assert party.events(narrow["access_token"]).status_code == 403
    assert scopes(party.refresh(tokens["refresh_token"]).get_json()) == {"openid", "email", CALENDAR, TASKS}


def test_the_calendar_is_its_persons_and_needs_its_scope(party: RelyingParty) -> None:
    tokens = party.redeem(party.code("mar", scope=ASKED, grant=[CALENDAR])).get_json()
    answer = party.events(tokens["access_token"])
    assert answer.get_json()["summary"] == "mar@demo.example"
    assert len(answer.get_json()["items"]) == 3
    without = party.redeem(party.code("mar")).get_json()
    assert party.events(without["access_token"]).status_code == 403
    assert party.events("unknown").status_code == 401
    assert party.events(tokens["id_token"]).status_code == 401


def test_a_rotating_refresh_token_is_good_once_and_its_second_use_ends_all(rotating: RelyingParty) -> None:
    code = rotating.code(scope=ASKED, grant=[CALENDAR, TASKS], access_type="offline")
    first = rotating.redeem(code).get_json()
    second = rotating.refresh(first["refresh_token"], scope=CALENDAR).get_json()
    assert second["refresh_token"] != first["refresh_token"]
    third = rotating.refresh(second["refresh_token"], scope=TASKS).get_json()
    assert scopes(third) == {TASKS}  # the one in its place can do what the first could
    assert rotating.refresh(first["refresh_token"]).get_json()["error"] == "invalid_grant"
    assert rotating.refresh(third["refresh_token"]).get_json()["error"] == "invalid_grant"
    assert rotating.events(second["access_token"]).status_code == 401


def test_revoking_takes_back_what_was_granted(party: RelyingParty) -> None:
    code = party.code(scope=ASKED, grant=[CALENDAR], access_type="offline")
    party.revoke(party.redeem(code).get_json()["refresh_token"])
    again = party.redeem(party.code(scope=f"openid {TASKS}", include_granted_scopes="true"))
    assert scopes(again.get_json()) == {"openid"}

"""From the app to the provider's page of consent and back: connected, or a page that says why not."""

import httpx2
import pytest
from flask import Response

from tests.google.conftest import NewMember
from tests.google.people import ACCOUNT, Member, Service
from tests.sign_in.backend import Backend
from tests.sign_in.browser import SESSION, question
from tests.sign_in.faults import FAULTS, PATIENCE, Fault, misbehave
from tests.sign_in.provider import Provider, with_json
from tests.support.promises import in_time
from tests.support.waiting import until

REFUSED = "google.connection_refused"


def assert_not_connected(answer: httpx2.Response, member: Member, status: int = 403) -> None:
    """A page that leads back to the account, no new session, and nothing kept."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'href="/app/account"' in answer.text
    assert not any(line.startswith(f"{SESSION}=") for line in answer.headers.get_list("Set-Cookie"))
    assert member.state()["connected"] is False


def test_what_was_granted_is_connected(backend: Backend, member: Member) -> None:
    assert member.state()["connected"] is False
    session = member.browser.cookies[SESSION]
    answer = member.connect(["calendar.readonly", "tasks.readonly"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/app/account")
    told = member.state()
    assert told["scopes"] == ["calendar.readonly", "tasks.readonly"]
    assert (told["connected"], told["needs_reconnecting"], told["missing"]) == (True, False, [])
    assert told["email"] == "mar@demo.example"
    assert told["connected_at"]
    offered = {scope["name"]: scope["services"] for scope in told["offered"]}
    assert offered["calendar.readonly"] == ["agenda", "errands"]
    assert member.browser.cookies[SESSION] == session
    assert backend.reasons("google.connected", member.id) == [None]


def test_the_provider_is_asked_for_lasting_access_to_what_was_chosen(member: Member) -> None:
    asked = question(member.begin(["tasks.readonly"]))
    scopes = set(asked["scope"].split())
    assert {"openid", "https://www.googleapis.com/auth/tasks.readonly"} <= scopes
    assert "https://www.googleapis.com/auth/calendar.readonly" not in scopes
    assert {asked[name] for name in ("access_type", "include_granted_scopes", "prompt")} == {
        "offline",
        "true",
        "consent",
    }
    assert asked["code_challenge_method"] == "S256"
    assert asked["state"]
    assert asked["nonce"]


def test_more_is_added_to_what_is_there(member: Member) -> None:
    member.connected("calendar.readonly").connected("drive.file")
    assert member.state()["scopes"] == ["calendar.readonly", "drive.file"]


def test_what_was_not_granted_is_told(member: Member) -> None:
    answer = member.connect(["calendar.readonly", "tasks.readonly"], grant=["tasks.readonly"])
    assert answer.status_code == 303
    told = member.state()
    assert (told["scopes"], told["missing"]) == (["tasks.readonly"], ["calendar.readonly"])


def test_nothing_granted_is_nothing_connected(backend: Backend, member: Member) -> None:
    assert_not_connected(member.connect(grant=[]), member)
    assert backend.reasons(REFUSED, member.id) == ["nothing granted"]


def test_the_account_at_google_must_be_ones_own(backend: Backend, provider: Provider, member: Member) -> None:
    callback = member.consent(member.begin())
    provider.person["sub"] = "somebody-else"
    answer = member.browser.get(callback)
    assert_not_connected(answer, member)
    assert "another account" in answer.text
    assert backend.reasons(REFUSED, member.id) == ["another account"]


def test_the_page_speaks_spanish(provider: Provider, member: Member) -> None:
    callback = member.consent(member.begin())
    provider.person["sub"] = "somebody-else"
    answer = member.browser.get(callback, {"Accept-Language": "es"})
    assert "elegiste otra cuenta" in answer.text


def test_without_a_refresh_token_nothing_is_connected(provider: Provider, member: Member) -> None:
    provider.answers["token"] = lambda answer: with_json(answer, refresh_token=None)
    assert_not_connected(member.connect(), member)


@pytest.mark.parametrize(
    "wrong",
    [
        {"access_token": None},
        {"access_token": "two\nlines"},
        {"refresh_token": ["x"]},
        {"refresh_token": "x" * 9000},
        {"token_type": "mac"},
        {"scope": 7},
        {"id_token": None},
        {"error": "invalid_grant"},
    ],
)
def test_an_answer_that_cannot_be_used_connects_nothing(
    provider: Provider, member: Member, wrong: dict[str, object]
) -> None:
    provider.answers["token"] = lambda answer: with_json(answer, **wrong)
    assert_not_connected(member.connect(), member)


def test_an_answer_without_scope_means_what_was_asked_for(provider: Provider, member: Member) -> None:
    provider.answers["token"] = lambda answer: with_json(answer, scope=None)
    member.connected("calendar.readonly")
    assert member.state()["scopes"] == ["calendar.readonly"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_faulty_token_endpoint(provider: Provider, member: Member, fault: Fault) -> None:
    callback = member.consent(member.begin())
    misbehave(provider, "token", fault)
    with in_time(PATIENCE):
        answer = member.browser.get(callback)
    provider.answers.clear()
    assert_not_connected(answer, member, answer.status_code if answer.status_code in {403, 503} else 0)
    assert "elsewhere" not in provider.requests


def test_a_connection_that_was_there_outlives_one_that_fails(provider: Provider, member: Member) -> None:
    member.connected("calendar.readonly")
    provider.answers["token"] = lambda answer: Response("", 500)
    assert member.connect(["drive.file"]).status_code == 503
    assert member.state()["scopes"] == ["calendar.readonly"]


def test_cancelling_changes_nothing(member: Member) -> None:
    assert_not_connected(member.browser.get(member.browser.choose(member.begin(), "")), member)


def test_a_callback_counts_once(member: Member) -> None:
    callback = member.consent(member.begin())
    cookies = dict(member.browser.cookies)
    assert member.browser.get(callback).status_code == 303
    member.disconnect()
    member.browser.cookies = cookies
    assert_not_connected(member.browser.get(callback), member)


def test_it_ends_in_the_session_that_began_it(new_member: NewMember, provider: Provider) -> None:
    """Eve begins, and lets Mar's browser end it: Mar's Google would be Eve's."""
    eve, mar = new_member(), new_member()
    begun = eve.begin()
    attempt = {name: value for name, value in eve.browser.cookies.items() if name != SESSION}
    mar.browser.cookies |= attempt
    answer = mar.browser.get(mar.consent(begun))
    assert answer.status_code == 403
    assert (eve.state()["connected"], mar.state()["connected"]) == (False, False)


def test_a_ticket_is_nothing_in_another_session(new_member: NewMember) -> None:
    eve, mar = new_member(), new_member()
    location = eve.ask_to_connect(["calendar.readonly"])
    assert mar.browser.get(location).status_code == 403
    del eve.browser.cookies[SESSION]
    assert eve.browser.get(location).status_code == 403


@pytest.mark.parametrize("ticket", ["", "?ticket=", "?ticket=x", "?ticket=gAAAAA"])
def test_without_a_ticket_nobody_is_sent_anywhere(member: Member, ticket: str) -> None:
    answer = member.browser.get(f"/auth/google{ticket}")
    assert (answer.status_code, "Location" in answer.headers) == (400, False)
    assert 'href="/app/account"' in answer.text


def test_who_signed_out_meanwhile_connects_nothing(member: Member) -> None:
    callback = member.consent(member.begin())
    member.browser.call("DELETE", "/api/account/sessions")
    assert member.browser.get(callback).status_code == 403


def test_a_sign_in_connects_nothing(member: Member) -> None:
    """Even if the provider gives a refresh token for it, with every scope there is."""
    asked = httpx2.URL(member.browser.begin())
    more = asked.copy_merge_params(
        {"access_type": "offline", "scope": "openid email https://www.googleapis.com/auth/calendar.readonly"}
    )
    answer = member.browser.get(member.consent(str(more)))
    assert answer.status_code == 303
    assert member.state()["connected"] is False


def test_connecting_signs_nobody_in(new_member: NewMember, member: Member) -> None:
    """The callback of an attempt to connect, in a browser without a session."""
    callback = member.consent(member.begin())
    del member.browser.cookies[SESSION]
    answer = member.browser.get(callback)
    assert answer.status_code == 403
    assert SESSION not in member.browser.cookies


def test_an_attempts_purpose_cannot_be_changed(member: Member) -> None:
    """The sealed attempt of one kind under the other's name."""
    sign_in, connecting = question(member.browser.begin())["state"], question(member.begin())["state"]
    names = [name for name in member.browser.cookies if name != SESSION]
    first, second = (member.browser.cookies[name] for name in names)
    member.browser.cookies |= dict(zip(names, (second, first), strict=True))
    for state in (sign_in, connecting):
        assert member.browser.get(f"/auth/callback?code=x&state={state}").status_code == 400


@pytest.mark.parametrize(
    "scopes", [[], ["users:manage"], ["calendar.readonly", "gmail"], "calendar.readonly"]
)
def test_only_what_is_offered_can_be_chosen(member: Member, scopes: object) -> None:
    assert member.browser.call("POST", ACCOUNT, {"scopes": scopes}).status_code == 422


def test_the_way_back_is_a_local_path(member: Member) -> None:
    for wanted, way in (("/app/account?google=done", "/app/account?google=done"), ("//evil.example", "/app")):
        draft = {"scopes": ["calendar.readonly"], "next": wanted}
        location = member.browser.call("POST", ACCOUNT, draft).json()["location"]
        begun = member.browser.get(location).headers["Location"]
        assert member.browser.get(member.consent(begun)).headers["Location"] == way


def test_an_access_token_is_not_enough(member: Member, http: httpx2.Client, backend: Backend) -> None:
    made = member.browser.call("POST", "/api/account/tokens", {"name": "x", "permissions": ["ai:use"]})
    headers = {"X-Audience": "backend", "Authorization": f"Bearer {made.json()['token']}"}
    decided = http.get(f"{backend.address}/internal/authorize", headers=headers)
    bearer = {"Authorization": f"Bearer {decided.headers['X-Identity-Token']}"}
    for method in ("GET", "POST", "DELETE"):
        answer = http.request(
            method, backend.address + ACCOUNT, headers=bearer, json={"scopes": ["drive.file"]}
        )
        assert answer.status_code == 403


def test_disconnecting_deletes_and_revokes(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected("calendar.readonly")
    token = agenda.token_for(member).json()["access_token"]
    answer = member.disconnect()
    assert (answer.status_code, answer.json()) == (200, {"revoked": True, "remove_at": None})
    assert agenda.events(token).status_code == 401
    assert member.state()["connected"] is False
    assert agenda.token_for(member).status_code == 409
    assert backend.reasons("google.disconnected", member.id) == [None]
    assert member.disconnect().status_code == 404


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in {"empty", "HTML with 200"}])
def test_a_provider_that_does_not_revoke_is_told_and_the_tokens_are_gone_all_the_same(
    provider: Provider, member: Member, name: str
) -> None:
    member.connected()
    misbehave(provider, "revoke", FAULTS[name])
    with in_time(PATIENCE):
        answer = member.disconnect()
    assert answer.status_code == 200
    assert answer.json()["revoked"] is (name in ANSWERED_WITH_200)
    assert member.state()["connected"] is False


ANSWERED_WITH_200 = {
    "JSON called HTML",
    "a list",
    "a text",
    "null",
    "half of it",
    "not UTF-8",
    "nested beyond measure",
    "trickles",
}
"""RFC 7009, section 2.2: the status says it; what else the answer holds is ignored."""


def test_no_token_can_be_read_in_the_database(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    before = set(provider.tokens())
    member.connected()
    given = agenda.token_for(member).json()["access_token"]
    tokens = set(provider.tokens()) - before
    assert given in tokens
    assert len(tokens) >= 3
    dump = backend.dump()
    assert "google_connections" in dump
    assert not [token for token in tokens if token in dump]


def kept_of(backend: Backend, member: Member) -> bool:
    return f"'{member.id}'" in "\n".join(
        line for line in backend.dump().splitlines() if 'INTO "google_connections"' in line
    )


def test_who_deletes_their_account_takes_it_back_at_the_provider(
    backend: Backend, member: Member, agenda: Service
) -> None:
    member.connected()
    token = agenda.token_for(member).json()["access_token"]
    form = agenda.form(member.browser.identity_token("agenda"))
    assert kept_of(backend, member)
    assert member.browser.call("DELETE", "/api/account").status_code == 202
    assert agenda.send(form).status_code in {401, 403}
    until(lambda: agenda.events(token).status_code == 401)
    until(lambda: not kept_of(backend, member))
    assert backend.reasons("google.disconnected", member.id) == [None]


def test_a_deletion_asks_a_provider_that_fails_again(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected()
    token = agenda.token_for(member).json()["access_token"]
    # How often it gave no tokens before does not count.
    backend.change("UPDATE google_connections SET failures = 9 WHERE user_id = ?", member.id)
    misbehave(provider, "revoke", FAULTS["fails (500)"])
    provider.requests.clear()
    assert member.browser.call("DELETE", "/api/account").status_code == 202
    until(lambda: provider.requests.count("revoke") >= 2)
    assert kept_of(backend, member)
    provider.answers.clear()
    until(lambda: not kept_of(backend, member))
    assert agenda.events(token).status_code == 401

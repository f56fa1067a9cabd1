"""A service asks for an access token for its person: once refreshed, many times given."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from flask import Response

from backend.app import create_app
from demo_idp.accounts import CALENDAR, TASKS
from tests.google.conftest import NewMember
from tests.google.people import Member, Service, expire, rested
from tests.sign_in.backend import Backend
from tests.sign_in.faults import FAULTS, PATIENCE, Fault, misbehave
from tests.sign_in.provider import Provider, with_json
from tests.support.promises import STEPS, Noise, in_time
from tests.support.waiting import LONG

GIVEN = "google.token_given"
GATEWAY_WAITS = 4.0  # seconds for a decision, in two tries; then everybody is told 503


def refusal(status: int, error: str) -> Fault:
    return lambda provider, answer: Response(
        f'{{"error": "{error}"}}', status, content_type="application/json"
    )


def test_the_token_opens_what_the_service_may_and_nothing_else(
    provider: Provider, member: Member, agenda: Service, errands: Service
) -> None:
    member.connected("calendar.readonly", "tasks.readonly", "drive.file")
    answer = agenda.token_for(member)
    told = answer.json()
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert told.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (told["token_type"], told["scope"]) == ("Bearer", "calendar.readonly")
    assert told["expires_in"] > 120
    assert agenda.events(told["access_token"]).json()["summary"] == "mar@demo.example"
    other = errands.token_for(member, "tasks.readonly").json()
    assert other["scope"] == "calendar.readonly tasks.readonly"
    scopes = {provider.scope_of(text["access_token"]) for text in (told, other)}
    assert scopes == {CALENDAR, f"{CALENDAR} {TASKS}"}


def test_it_is_refreshed_once_and_told_once(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected()
    provider.requests.clear()
    texts = {agenda.token_for(member).json()["access_token"] for _ in range(5)}
    assert (len(texts), provider.requests.count("token")) == (1, 1)
    assert backend.reasons(GIVEN, member.id) == [None]
    expire(backend, member)
    assert agenda.token_for(member).json()["access_token"] not in texts
    assert provider.requests.count("token") == 2
    assert backend.reasons(GIVEN, member.id) == [None, None]


def test_one_that_ends_within_two_minutes_is_renewed(
    provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected()
    provider.answers["token"] = lambda answer: with_json(answer, expires_in=110)
    provider.requests.clear()
    assert {agenda.token_for(member).status_code for _ in range(2)} == {200}
    assert provider.requests.count("token") == 2


@pytest.fixture
def replica(backend: Backend) -> Iterator[httpx2.Client]:
    """One more replica of the backend, beside the two processes."""
    app = create_app(backend.settings)
    with httpx2.Client(transport=httpx2.WSGITransport(app=app), timeout=30, trust_env=False) as http:
        yield http
    app.extensions["backend"].database.engine.dispose()


@pytest.mark.parametrize("rotates", [False, True])
def test_fifty_at_once_with_one_expired_token(
    backend: Backend,
    provider: Provider,
    member: Member,
    agenda: Service,
    replica: httpx2.Client,
    rotates: bool,
) -> None:
    """Two processes and another replica: one question to the provider, fifty answers."""
    provider.rotates = rotates
    member.connected()
    agenda.token_for(member)
    expire(backend, member)
    provider.requests.clear()
    identity = member.browser.identity_token("agenda")
    url = f"{backend.address}/internal/google-token"

    def ask(n: int) -> httpx2.Response:
        """Again when it is told to, as servicekit does: the machine may be busy."""
        answer = (
            replica.post(url, data=agenda.form(identity))
            if n % 5 == 0
            else agenda.send(agenda.form(identity))
        )
        while answer.status_code == 503:
            time.sleep(int(answer.headers["Retry-After"]))
            answer = agenda.send(agenda.form(identity))
        return answer

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert [answer.status_code for answer in answers] == [200] * 50
    assert len({answer.json()["access_token"] for answer in answers}) == 1
    assert provider.requests.count("token") == 1


def test_a_refresh_token_that_is_good_once_is_replaced(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    provider.rotates = True
    member.connected()
    for _ in range(4):
        assert agenda.token_for(member).status_code == 200
        expire(backend, member)
    assert member.state()["needs_reconnecting"] is False


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_scope"])
def test_a_connection_that_is_over_asks_for_a_new_one_and_the_provider_no_more(
    backend: Backend, provider: Provider, member: Member, agenda: Service, error: str
) -> None:
    member.connected()
    misbehave(provider, "token", refusal(400, error))
    provider.requests.clear()
    answers = [agenda.token_for(member) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {409}
    assert answers[0].json()["type"] == "/docs/errors/google-not-connected"
    assert provider.requests.count("token") == 1
    told = member.state()
    assert (told["connected"], told["needs_reconnecting"]) == (True, True)
    assert backend.reasons("google.reconnect_needed", member.id) == [None]
    provider.answers.clear()
    member.connected()
    assert member.state()["needs_reconnecting"] is False
    assert agenda.token_for(member).status_code == 200


def test_what_the_person_took_back_at_the_provider_is_over(
    provider: Provider, member: Member, agenda: Service
) -> None:
    """Nothing is played here: the provider has forgotten the tokens."""
    member.connected()
    provider.forget_tokens()
    assert agenda.token_for(member).status_code == 409
    assert member.state()["needs_reconnecting"] is True


def test_fewer_scopes_at_a_refresh_are_not_enough(
    provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected()
    provider.answers["token"] = lambda answer: with_json(answer, scope="openid email")
    assert agenda.token_for(member).status_code == 409


def test_a_token_that_can_do_more_is_not_handed_over(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected("calendar.readonly", "drive.file")
    provider.answers["token"] = lambda answer: with_json(answer, scope=f"openid {CALENDAR} {TASKS}")
    for _ in range(2):
        answer = agenda.token_for(member)
        assert (answer.status_code, "access_token" in answer.json()) == (503, False)
    provider.answers.clear()
    rested(backend, member)
    assert agenda.token_for(member).status_code == 200


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_provider_that_fails_is_told_at_once_and_left_in_peace(
    backend: Backend, provider: Provider, member: Member, agenda: Service, fault: Fault
) -> None:
    member.connected()
    misbehave(provider, "token", fault)
    provider.requests.clear()
    with in_time(PATIENCE):
        answers = [agenda.token_for(member) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert answers[0].json()["type"] == "/docs/errors/provider-unavailable"
    assert 1 <= int(answers[0].headers["Retry-After"]) <= 60
    assert provider.requests.count("token") == 1
    assert "elsewhere" not in provider.requests
    provider.reset()
    rested(backend, member)
    assert agenda.token_for(member).status_code == 200
    assert member.state()["needs_reconnecting"] is False


@pytest.mark.parametrize("error", ["invalid_client", "unauthorized_client", "server_error", "x" * 5000])
def test_what_the_person_cannot_mend_does_not_end_their_connection(
    provider: Provider, member: Member, agenda: Service, error: str
) -> None:
    member.connected()
    misbehave(provider, "token", refusal(400, error))
    assert agenda.token_for(member).status_code == 503
    assert member.state()["needs_reconnecting"] is False


def test_it_is_left_in_peace_for_longer_each_time(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected()
    misbehave(provider, "token", FAULTS["fails (500)"])
    waits = []
    for _ in range(7):
        waits.append(int(agenda.token_for(member).headers["Retry-After"]))
        rested(backend, member)
    assert waits == [2, 4, 8, 16, 32, 60, 60]


def test_a_token_that_is_still_good_is_given_while_the_provider_is_down(
    provider: Provider, member: Member, agenda: Service, errands: Service
) -> None:
    member.connected("calendar.readonly")
    assert agenda.token_for(member).status_code == 200
    misbehave(provider, "token", FAULTS["fails (500)"])
    assert errands.token_for(member).status_code == 503
    assert agenda.token_for(member).status_code == 200


def test_who_dies_while_asking_hinders_nobody_for_long(
    backend: Backend, provider: Provider, member: Member, agenda: Service
) -> None:
    member.connected()
    lease = "UPDATE google_connections SET lease = 'another', lease_until = ? WHERE user_id = ?"
    backend.change(lease, "2999-01-01 00:00:00.000000", member.id)
    with in_time(GATEWAY_WAITS):
        answer = agenda.token_for(member)
    assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)
    backend.change(lease, "2026-01-01 00:00:00.000000", member.id)
    assert agenda.token_for(member).status_code == 200


def test_a_crowd_at_a_provider_that_hangs_leaves_the_door_free(
    provider: Provider, new_member: NewMember, agenda: Service
) -> None:
    """More than the backend has threads, for one person and for several; who only enters does not notice."""
    members = [new_member().connected() for _ in range(4)]
    forms = [agenda.form(m.browser.identity_token("agenda")) for m in members for _ in range(15)]
    misbehave(provider, "token", Provider.hang)
    waits, noise = [], Noise()
    with ThreadPoolExecutor(len(forms)) as pool:
        told = [pool.submit(agenda.send, form) for form in forms]
        while not all(answer.done() for answer in told):
            began = time.monotonic()
            members[0].browser.identity_token("documents")
            waits.append(time.monotonic() - began)
    assert {answer.result().status_code for answer in told} == {503}
    assert max(waits) < GATEWAY_WAITS + STEPS * noise.stop()


def test_disconnecting_while_a_refresh_is_under_way_leaves_nothing_alive(
    provider: Provider, member: Member, agenda: Service
) -> None:
    provider.rotates = True
    member.connected()
    form = agenda.form(member.browser.identity_token("agenda"))
    held = list(provider.tokens())

    asks, disconnected = threading.Event(), threading.Event()

    def slowly(provider: Provider, answer: Response) -> Response:
        asks.set()
        disconnected.wait(4)
        return answer

    misbehave(provider, "token", slowly)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(agenda.send, form)
        assert asks.wait(LONG)
        assert member.disconnect().status_code == 200
        disconnected.set()
        assert asked.result().status_code == 503
    assert member.state()["connected"] is False
    assert not set(provider.tokens()) - set(held)

"""What the provider publishes about itself (OpenID Connect Discovery 1.0), read by a backend that has just started."""

import flask
import pytest
import structlog

from backend.settings import Client
from backend.sign_in.attempts import Attempt
from backend.sign_in.provider import Provider as RelyingParty
from tests.sign_in import id_tokens
from tests.sign_in.backend import Backend, State, assert_refused, assert_signed_in
from tests.sign_in.browser import Browser
from tests.sign_in.faults import FAULTS, PATIENCE, Fault, misbehave
from tests.sign_in.provider import Parameters, Provider, with_json
from tests.support.promises import in_time
from tests.support.waiting import until

DISCOVERY = ".well-known/openid-configuration"


def told(**changes: object) -> Fault:
    """The metadata with other members; None leaves one out."""
    return lambda provider, answer: with_json(answer, **changes)


WRONG: dict[str, Fault] = {
    "another issuer": told(issuer="https://accounts.google.com"),
    "issuer with a slash": lambda provider, answer: with_json(answer, issuer=f"{provider.issuer}/"),
    "no issuer": told(issuer=None),
    "no authorization endpoint": told(authorization_endpoint=None),
    "no token endpoint": told(token_endpoint=None),
    "no keys": told(jwks_uri=None),
    "authorization endpoint a number": told(authorization_endpoint=7),
    "authorization endpoint a script": told(authorization_endpoint="javascript:alert(1)"),
    "authorization endpoint a file": told(authorization_endpoint="file:///etc/passwd"),
    "token endpoint a file": told(token_endpoint="file:///etc/passwd"),
}


@pytest.mark.parametrize("fault", (FAULTS | WRONG).values(), ids=FAULTS | WRONG)
def test_faulty_metadata_sends_nobody_anywhere(
    backend: Backend, provider: Provider, newcomer: Browser, before: State, fault: Fault
) -> None:
    misbehave(provider, "discovery", fault)

    with in_time(PATIENCE):
        answer = newcomer.get("/auth/login")
    assert_refused(answer, backend, before)
    assert provider.requests == [DISCOVERY]


def test_an_issuer_may_end_in_a_slash(provider: Provider) -> None:
    """The slash is part of its name, but not doubled in the address (section 4.1)."""
    misbehave(provider, "discovery", WRONG["issuer with a slash"])
    client = Client(issuer=f"{provider.issuer}/", client_id="us", client_secret="secret")

    url = RelyingParty(client).authorization_url(Attempt.begin(None), "http://localhost/auth/callback")
    assert url.startswith(f"{provider.issuer}/authorize?")
    assert provider.requests == [DISCOVERY]


def test_a_provider_that_comes_back_is_asked_again(provider: Provider, newcomer: Browser) -> None:
    misbehave(provider, "discovery", FAULTS["fails (500)"])
    assert newcomer.get("/auth/login").status_code == 503
    provider.answers.clear()
    until(lambda: newcomer.get("/auth/login").status_code != 503)

    assert newcomer.sign_in().status_code == 303
    assert provider.requests.count(DISCOVERY) == 2


def test_metadata_and_keys_are_kept(provider: Provider, newcomer: Browser) -> None:
    for _ in range(3):
        assert newcomer.sign_in().status_code == 303

    assert provider.requests.count(DISCOVERY) == 1
    assert provider.requests.count("jwks") == 1


@pytest.mark.parametrize(
    ("offered", "used"),
    [
        (["client_secret_basic", "client_secret_post"], "basic"),
        (["client_secret_post", "client_secret_basic"], "basic"),
        (["client_secret_post"], "post"),
        (None, "basic"),
    ],
)
def test_the_client_authenticates_as_the_provider_offers(
    provider: Provider, newcomer: Browser, offered: list[str] | None, used: str
) -> None:
    seen: list[str] = []

    def look(answer: flask.Response) -> flask.Response:
        seen.append("basic" if flask.request.authorization else "post")
        assert ("client_secret" in flask.request.form) == (seen[-1] == "post")
        return answer

    misbehave(provider, "discovery", told(token_endpoint_auth_methods_supported=offered))
    provider.answers["token"] = look
    assert newcomer.sign_in().status_code == 303
    assert seen == [used]


def test_without_a_userinfo_endpoint_the_id_token_is_enough(provider: Provider, newcomer: Browser) -> None:
    misbehave(provider, "discovery", told(userinfo_endpoint=None))
    provider.id_token = id_tokens.claims(email=None)

    assert newcomer.sign_in().status_code == 303


@pytest.mark.parametrize("offered", [["none"], ["HS256"], ["none", "HS256"], [], "RS256", None, 7])
def test_algorithms_that_are_not_ours_stay_refused(
    backend: Backend, provider: Provider, newcomer: Browser, before: State, offered: object
) -> None:
    misbehave(provider, "discovery", told(id_token_signing_alg_values_supported=offered))
    provider.id_token = id_tokens.unsigned("none")

    assert_refused(newcomer.sign_in(), backend, before)


def without_iss(parameters: Parameters) -> Parameters:
    return [(name, value) for name, value in parameters if name != "iss"]


def test_a_provider_that_does_not_promise_iss_may_leave_it_out(
    backend: Backend, provider: Provider, newcomer: Browser, before: State
) -> None:
    misbehave(provider, "discovery", told(authorization_response_iss_parameter_supported=None))
    provider.callback = without_iss

    assert_signed_in(newcomer.sign_in(), backend, before, newcomers=1)


def test_a_promised_iss_is_missed_by_a_replica_that_has_just_started(
    backend: Backend, provider: Provider, browser: Browser, newcomer: Browser, before: State
) -> None:
    provider.callback = without_iss
    callback = browser.choose(browser.begin())
    newcomer.cookies = browser.cookies

    assert_refused(newcomer.get(callback), backend, before)
    assert "iss" in backend.last_refusal()


def test_a_sign_in_begun_at_one_replica_ends_at_another(
    backend: Backend, provider: Provider, browser: Browser, newcomer: Browser, before: State
) -> None:
    callback = browser.choose(browser.begin())
    newcomer.cookies = browser.cookies

    assert_signed_in(newcomer.get(callback), backend, before, newcomers=1)


def test_a_provider_that_fails_is_told_to_the_operator(provider: Provider, newcomer: Browser) -> None:
    misbehave(provider, "discovery", FAULTS["fails (500)"])
    with structlog.testing.capture_logs() as lines:
        assert newcomer.get("/auth/login").status_code == 503
    assert [line["log_level"] for line in lines if line["event"] == "identity provider unavailable"] == [
        "warning"
    ]

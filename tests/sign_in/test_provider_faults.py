"""A provider that is slow or confused, or changes its keys: a page within five seconds, never a session."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Response

from tests.sign_in import id_tokens
from tests.sign_in.backend import Backend, State, assert_refused, assert_signed_in
from tests.sign_in.browser import Browser
from tests.sign_in.faults import FAULTS, PATIENCE, Fault, misbehave, redirect
from tests.sign_in.provider import Draft, Provider, with_json
from tests.support.promises import STEPS, Noise, in_time

GATEWAY_WAITS = 2.0  # seconds for a decision, then everybody is told 503


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_faulty_token_endpoint(
    backend: Backend, provider: Provider, browser: Browser, before: State, fault: Fault
) -> None:
    misbehave(provider, "token", fault)
    callback = browser.choose(browser.begin())

    with in_time(PATIENCE):
        answer = browser.get(callback)
    assert_refused(answer, backend, before)
    assert "elsewhere" not in provider.requests
    assert provider.requests.count("token") == 1


def test_a_token_endpoint_that_redirects_to_itself_is_asked_once(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    misbehave(provider, "token", redirect(307, "token"))

    assert_refused(browser.sign_in(), backend, before)
    assert provider.requests.count("token") == 1


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_client", "<script>", "x" * 5000, "é\x00"])
def test_an_error_of_the_token_endpoint(
    backend: Backend, provider: Provider, browser: Browser, before: State, error: str
) -> None:
    provider.answers["token"] = lambda answer: with_json(
        Response("{}", 400, content_type="application/json"), error=error, error_description=error
    )

    answer = browser.sign_in()
    assert_refused(answer, backend, before)
    assert "<script>" not in answer.text


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_faulty_userinfo_endpoint(
    backend: Backend, provider: Provider, browser: Browser, before: State, fault: Fault
) -> None:
    provider.id_token = id_tokens.claims(email=None)  # then userinfo is asked
    misbehave(provider, "userinfo", fault)
    callback = browser.choose(browser.begin())

    with in_time(PATIENCE):
        answer = browser.get(callback)
    assert_refused(answer, backend, before)
    assert provider.requests.count("userinfo") == 1


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faulty_keys(
    backend: Backend, provider: Provider, browser: Browser, before: State, fault: Fault
) -> None:
    """A key that is not known yet makes the backend ask for the keys."""
    provider.rotate_key()
    misbehave(provider, "jwks", fault)
    callback = browser.choose(browser.begin())

    with in_time(PATIENCE):
        answer = browser.get(callback)
    assert_refused(answer, backend, before)
    assert provider.requests.count("jwks") == 1


def test_keys_that_were_faulty_are_asked_for_again(provider: Provider, browser: Browser) -> None:
    provider.rotate_key()
    misbehave(provider, "jwks", FAULTS["fails (500)"])
    assert browser.sign_in().status_code == 503
    provider.answers.clear()

    assert browser.sign_in().status_code == 303


def test_a_new_key_costs_one_fetch(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser]
) -> None:
    new_browser().sign_in()
    provider.rotate_key()
    before = backend.state()
    provider.requests.clear()

    assert_signed_in(new_browser().sign_in(), backend, before)
    assert new_browser().sign_in().status_code == 303
    assert provider.requests.count("jwks") == 1


def test_a_key_that_was_replaced_is_not_accepted_any_more(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser]
) -> None:
    old = provider.key
    provider.rotate_key()
    assert new_browser().sign_in().status_code == 303
    before = backend.state()

    def signed_with_the_old_key(draft: Draft) -> str:
        draft.key, draft.header["kid"] = old, old.kid
        return draft.signed()

    provider.id_token = signed_with_the_old_key
    assert_refused(new_browser().sign_in(), backend, before)


def test_who_is_signed_in_stays_so_while_the_provider_is_down(provider: Provider, browser: Browser) -> None:
    browser.sign_in()
    for endpoint in ("discovery", "token", "jwks", "userinfo"):
        misbehave(provider, endpoint, FAULTS["fails (500)"])

    answer = browser.get("/internal/authorize", {"X-Audience": "documents"})
    assert answer.status_code == 200
    assert answer.headers["X-Identity-Token"]


def test_a_crowd_at_a_provider_that_hangs_leaves_the_door_free(
    provider: Provider, new_browser: Callable[[], Browser]
) -> None:
    """Three times as many as the backend has threads; who is signed in already does not notice."""
    member = new_browser()
    member.sign_in()
    crowd = [new_browser() for _ in range(48)]
    callbacks = [browser.choose(browser.begin()) for browser in crowd]
    misbehave(provider, "token", Provider.hang)
    waits, noise = [], Noise()
    with ThreadPoolExecutor(len(crowd)) as pool:
        told = [pool.submit(browser.get, at) for browser, at in zip(crowd, callbacks, strict=True)]
        while not all(answer.done() for answer in told):
            began = time.monotonic()
            assert member.get("/internal/authorize", {"X-Audience": "documents"}).status_code == 200
            waits.append(time.monotonic() - began)

    assert {answer.result().status_code for answer in told} == {503}
    assert max(waits) < GATEWAY_WAITS + STEPS * noise.stop()

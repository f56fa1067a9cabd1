"""The browser's way back: state, issuer, code, and whose browser it is (RFC 6749, section 10.12; RFC 9207)."""

import base64
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.sign_in.backend import Backend, State, assert_refused, assert_signed_in
from tests.sign_in.browser import SESSION, Browser, question
from tests.sign_in.provider import Parameters, Provider


def replaced(name: str, *values: str) -> Callable[[Parameters], Parameters]:
    """The callback's parameters with this one told otherwise: not at all, once, or several times."""
    return lambda told: [(k, v) for k, v in told if k != name] + [(name, value) for value in values]


def repeated(name: str) -> Callable[[Parameters], Parameters]:
    return lambda told: [*told, *((k, v) for k, v in told if k == name)]


ALTERED: dict[str, Callable[[Parameters], Parameters]] = {
    "state missing": replaced("state"),
    "state empty": replaced("state", ""),
    "state wrong": replaced("state", "A" * 43),
    "state with NUL": replaced("state", "\x00"),
    "state not ASCII": replaced("state", "é" * 40),
    "state enormous": replaced("state", "A" * 6000),
    "state twice": repeated("state"),
    "state twice, one wrong": lambda told: [("state", "wrong"), *told],
    "iss wrong": replaced("iss", "https://accounts.google.com"),
    "iss missing though promised": replaced("iss"),
    "iss empty": replaced("iss", ""),
    "iss twice": repeated("iss"),
    "iss with a slash": lambda told: [(k, f"{v}/" if k == "iss" else v) for k, v in told],
    "code missing": replaced("code"),
    "code empty": replaced("code", ""),
    "code wrong": replaced("code", "wrong"),
    "code twice": repeated("code"),
    "code with NUL": replaced("code", "\x00\r\n"),
    "an error beside the code": lambda told: [*told, ("error", "access_denied")],
    "nothing": lambda told: [],
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_an_altered_callback_signs_nobody_in(
    backend: Backend,
    provider: Provider,
    browser: Browser,
    before: State,
    alter: Callable[[Parameters], Parameters],
) -> None:
    provider.callback = alter

    assert_refused(browser.sign_in(), backend, before)


@pytest.mark.parametrize(
    "error", ["access_denied", "server_error", "<script>alert(1)</script>", "x" * 5000, "\r\nSet-Cookie: a=b"]
)
def test_the_providers_error_is_told_and_not_echoed(
    backend: Backend, provider: Provider, browser: Browser, before: State, error: str
) -> None:
    provider.callback = lambda told: [*replaced("error", error)(told), ("error_description", error)]

    answer = browser.sign_in()
    assert_refused(answer, backend, before)
    assert "<script>" not in answer.text
    assert len(answer.text) < 5000


def test_cancelling_at_the_provider_is_no_fault(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    answer = browser.sign_in(account="")

    assert_refused(answer, backend, before)
    assert answer.status_code < 500
    assert "cancelled" in answer.text
    assert "token" not in provider.requests


def test_a_callback_works_once(backend: Backend, provider: Provider, browser: Browser, before: State) -> None:
    callback = browser.choose(browser.begin())
    twin = browser.copy()
    assert_signed_in(browser.get(callback), backend, before, newcomers=1)
    after_the_first = backend.state()

    assert_refused(twin.get(callback), backend, after_the_first)
    assert "replayed" in backend.last_refusal()
    assert provider.requests.count("token") == 1


def test_a_state_works_once_even_with_another_code(
    backend: Backend, provider: Provider, browser: Browser
) -> None:
    asked = browser.begin()
    first, second = browser.choose(asked, "mar"), browser.choose(asked, "ada")
    twin = browser.copy()
    assert browser.get(first).status_code == 303
    after_the_first = backend.state()

    assert_refused(twin.get(second), backend, after_the_first)


def test_a_callback_in_another_browser_signs_nobody_in(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser], before: State
) -> None:
    """Login CSRF: the attacker's own callback, opened in the victim's browser."""
    attacker, victim = new_browser(), new_browser()
    victim.begin()

    assert_refused(victim.get(attacker.choose(attacker.begin())), backend, before)
    assert "token" not in provider.requests


def test_a_code_is_useless_in_another_browsers_sign_in(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser], before: State
) -> None:
    """Code injection: the stolen code under the attacker's own state; PKCE and nonce differ."""
    victim, attacker = new_browser(), new_browser()
    stolen = question(victim.choose(victim.begin()))["code"]
    provider.callback = replaced("code", stolen)

    assert_refused(attacker.sign_in(), backend, before)


def test_an_altered_sign_in_cookie_is_refused(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    callback = browser.choose(browser.begin())
    ((name, sealed),) = browser.cookies.items()
    browser.cookies[name] = sealed[:-8] + ("A" * 8 if sealed[-8:] != "A" * 8 else "B" * 8)

    assert_refused(browser.get(callback), backend, before)


def test_two_sign_ins_at_once_in_one_browser_both_work(
    backend: Backend, provider: Provider, browser: Browser
) -> None:
    first, second = browser.begin("/app/documents"), browser.begin("/app/account")

    assert browser.get(browser.choose(first)).headers["Location"] == "/app/documents"
    assert browser.get(browser.choose(second)).headers["Location"] == "/app/account"


def test_of_twenty_who_replay_a_callback_at_once_one_gets_in(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    callback = browser.choose(browser.begin())
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda twin: twin.get(callback), [browser.copy() for _ in range(20)]))

    assert sorted(answer.status_code for answer in answers) == [303] + [400] * 19
    assert backend.state() == State(
        before.users + 1, before.sessions + 1, before.successes + 1, before.refusals + 19
    )
    assert provider.requests.count("token") == 1


def test_of_twenty_sign_ins_with_one_code_one_gets_in(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser], before: State
) -> None:
    """A code for twenty states: each of the browsers has a sign-in under way of its own."""
    browsers = [new_browser() for _ in range(20)]
    states = [question(browser.begin())["state"] for browser in browsers]
    told = question(new_browser().choose(new_browser().begin()))
    callbacks = [f"/auth/callback?{urlencode(told | {'state': state})}" for state in states]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda pair: pair[0].get(pair[1]), zip(browsers, callbacks, strict=True)))

    assert {answer.status_code for answer in answers} == {403}
    assert backend.state() == State(before.users, before.sessions, before.successes, before.refusals + 20)


def test_a_hundred_first_sign_ins_at_once_make_one_account(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser], before: State
) -> None:
    browsers = [new_browser() for _ in range(100)]
    callbacks = [browser.choose(browser.begin()) for browser in browsers]
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda pair: pair[0].get(pair[1]), zip(browsers, callbacks, strict=True)))

    assert [answer.status_code for answer in answers] == [303] * 100
    assert backend.state() == State(
        before.users + 1, before.sessions + 100, before.successes + 100, before.refusals
    )
    assert backend.person(provider.person["sub"]).roles == ("member",)


def test_the_session_is_new_at_each_sign_in(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    """Session fixation: a cookie from before, planted or honest, is worth nothing afterwards."""
    browser.cookies[SESSION] = "planted"
    browser.sign_in()
    first = browser.cookies[SESSION]
    browser.sign_in()

    assert len({"planted", first, browser.cookies[SESSION]}) == 3
    assert backend.state().sessions == before.sessions + 1
    browser.cookies[SESSION] = first
    assert browser.get("/api/account").status_code == 401


@pytest.mark.parametrize(
    ("auth_time", "again", "is_fresh"),
    [
        (None, False, False),
        (None, True, True),
        (1_600_000_000, False, False),
        (1_600_000_000, True, False),
        (10**400, False, True),
        (-(10**400), False, False),
        ("now", False, False),
    ],
)
def test_a_sign_in_is_fresh_if_the_provider_says_so_or_was_asked_again(
    backend: Backend, provider: Provider, browser: Browser, auth_time: object, again: bool, is_fresh: bool
) -> None:
    """Whose provider lets a session of its own answer, as Google does, may have proved nothing just now."""
    provider.person["auth_time"] = auth_time
    assert browser.get(browser.choose(browser.begin(again=again))).status_code == 303
    assert backend.last_sign_in_is_fresh() is is_fresh


def test_a_device_that_was_not_seen_before_is_noted(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser], before: State
) -> None:
    def comes_back(user_agent: str) -> bool:
        browser = new_browser()
        answer = browser.get(browser.choose(browser.begin()), {"User-Agent": user_agent})
        assert answer.status_code == 303
        return backend.last_device_is_new()

    noted = [comes_back(name) for name in ("Laptop/1.0", "Phone/1.0", "Laptop/1.1", "Phone/2.0", "Tablet")]
    assert noted == [False, True, False, False, True]


@pytest.mark.parametrize("sign_in", range(3))
def test_pkce_state_and_nonce_are_fresh_and_strong(
    backend: Backend, provider: Provider, browser: Browser, sign_in: int
) -> None:
    first, second = question(browser.begin()), question(browser.begin())

    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert first["scope"] == "openid email profile"
    assert first["redirect_uri"] == f"{backend.address}/auth/callback"
    assert "access_type" not in first
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert len(base64.urlsafe_b64decode(first[name] + "=")) >= 32
    assert first["nonce"] != first["state"]
    assert first["code_challenge"] not in {_s256(first["state"]), _s256(first["nonce"])}


def test_the_verifier_is_sent_to_the_token_endpoint_only(
    backend: Backend, provider: Provider, browser: Browser
) -> None:
    """Sign-in works, so the provider, which forces PKCE, has had it; nobody else has seen it."""
    asked = browser.begin()
    seen = " ".join([asked, *browser.cookies.values()])
    callback = browser.choose(asked)

    assert browser.get(callback).status_code == 303
    assert "code_verifier" not in seen + callback


def _s256(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()

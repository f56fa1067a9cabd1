"""What the provider says in the id_token (OpenID Connect Core 1.0, sections 2 and 3.1.3.7)."""

import pytest

from tests.sign_in import id_tokens
from tests.sign_in.backend import Backend, State, assert_refused, assert_signed_in
from tests.sign_in.browser import Browser
from tests.sign_in.id_tokens import BAD_CLAIMS, BAD_SIGNATURES, NOT_TOKENS, Forge
from tests.sign_in.provider import Draft, Provider, with_json

BAD = BAD_SIGNATURES | BAD_CLAIMS | NOT_TOKENS
GOOD: dict[str, Forge] = {
    "as it is": id_tokens.claims(),
    "aud a list of us alone": id_tokens.claims(aud=["zaguan-demo"]),
    "azp missing": id_tokens.claims(azp=None),
    "nbf now": id_tokens.moment("nbf", 0),
    "times with fractions": lambda draft: id_tokens.claims(iat=draft.claims["iat"] + 0.5)(draft),
    "clock ten seconds ahead": id_tokens.moment("iat", 10),
    "claims unheard of": id_tokens.claims(unheard={"of": [1, 2, 3]}),
    "header unheard of": id_tokens.header(unheard="of"),
    "no typ": lambda draft: id_tokens.raw(
        {"alg": "RS256", "kid": draft.key.kid}, draft.claims, id_tokens.rs256(draft.key)
    ),
    "no kid, and one key published": lambda draft: id_tokens.raw(
        {"alg": "RS256"}, draft.claims, id_tokens.rs256(draft.key)
    ),
}


@pytest.mark.parametrize("forge", BAD.values(), ids=BAD)
def test_a_bad_id_token_signs_nobody_in(
    backend: Backend, provider: Provider, browser: Browser, before: State, forge: Forge
) -> None:
    provider.id_token = forge

    assert_refused(browser.sign_in(), backend, before)


@pytest.mark.parametrize("forge", GOOD.values(), ids=GOOD)
def test_a_good_id_token_signs_in(
    backend: Backend, provider: Provider, browser: Browser, before: State, forge: Forge
) -> None:
    provider.id_token = forge

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)


@pytest.mark.parametrize("name", ["jku", "x5u"])
def test_keys_are_never_fetched_from_where_a_token_says(
    provider: Provider, browser: Browser, name: str
) -> None:
    provider.id_token = id_tokens.address_of_keys(name)
    browser.sign_in()

    assert "attackers-keys" not in provider.requests
    assert provider.requests.count("token") == 1


def test_no_id_token_is_not_replaced_by_userinfo(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    provider.id_token = NOT_TOKENS["missing"]

    assert_refused(browser.sign_in(), backend, before)
    assert "userinfo" not in provider.requests


def test_an_id_token_of_another_sign_in_is_refused(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    kept: list[str] = []

    def first_one_again(draft: Draft) -> str:
        kept.append(draft.signed())
        return kept[0]

    provider.id_token = first_one_again
    assert browser.sign_in().status_code == 303
    provider.person["sub"] = "the victim"
    after_the_first = backend.state()

    assert_refused(browser.sign_in(), backend, after_the_first)
    assert "nonce" in backend.last_refusal()


@pytest.mark.parametrize("sub", ["somebody else", "", None, 7, ["somebody"]])
def test_userinfo_of_another_person_is_refused(
    backend: Backend, provider: Provider, browser: Browser, before: State, sub: object
) -> None:
    provider.id_token = id_tokens.claims(email=None)  # then userinfo is asked
    provider.answers["userinfo"] = lambda answer: with_json(answer, sub=sub)

    assert_refused(browser.sign_in(), backend, before)
    assert "userinfo" in provider.requests


def test_userinfo_of_the_same_person_tells_the_email(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    provider.id_token = id_tokens.claims(email=None, email_verified=None)

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)
    assert backend.person(provider.person["sub"]).email == "mar@demo.example"


def test_userinfo_is_not_asked_without_need(provider: Provider, browser: Browser) -> None:
    assert browser.sign_in().status_code == 303
    assert "userinfo" not in provider.requests


def test_userinfo_does_not_overrule_the_id_token(
    backend: Backend, provider: Provider, browser: Browser, before: State
) -> None:
    provider.id_token = id_tokens.claims(email=None, email_verified=False)
    provider.answers["userinfo"] = lambda answer: with_json(
        answer, iss="https://else.example", aud="someone-else", email="ada@demo.example", email_verified=True
    )

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)
    assert backend.person(provider.person["sub"]).status == "pending"

"""E-mail is data, never identity: users are (issuer, subject), and only a plain, verified address counts."""

from collections.abc import Callable

import pytest

from tests.sign_in.backend import Backend, State, assert_signed_in
from tests.sign_in.browser import Browser
from tests.sign_in.provider import Provider

ADMIN = "ada@demo.example"

NOT_VERIFIED: dict[str, object] = {
    "absent": None,
    "false": False,
    "text false": "false",
    "text true": "true",
    "one": 1,
    "a list": [True],
    "a map": {"verified": True},
}

NOT_PLAIN: dict[str, object] = {
    "two @": "ada@demo.example@evil.example",
    "two @ the other way": "ada@evil.example@demo.example",
    "NUL": "ada@demo.example\x00",
    "NUL before": "ada\x00@demo.example",
    "Cyrillic a": "аda@demo.example",
    "Cyrillic domain": "ada@dеmo.example",
    "fullwidth": "ａda@demo.example",
    "fullwidth @": "ada＠demo.example",
    "zero width": "ada\u200b@demo.example",
    "soft hyphen": "a\u00adda@demo.example",
    "Kelvin sign": "\u212ada@demo.example",
    "combining": "a\u0301da@demo.example",
    "space after": "ada@demo.example ",
    "space before": " ada@demo.example",
    "line break": "ada@demo.example\n",
    "tab": "ada\t@demo.example",
    "comment": "ada(x)@demo.example",
    "quoted": '"ada"@demo.example',
    "named": "Ada <ada@demo.example>",
    "two addresses": "ada@demo.example,eve@evil.example",
    "dot at the end": "ada@demo.example.",
    "percent": "ada%40demo.example",
    "no domain": "ada@",
    "no name": "@demo.example",
    "no @": "ada.demo.example",
    "empty": "",
    "too long": "a" * 300 + "@demo.example",
    "a list": ["ada@demo.example"],
    "a map": {"0": "ada@demo.example"},
    "a number": 7,
    "true": True,
}


@pytest.mark.parametrize("verified", NOT_VERIFIED.values(), ids=NOT_VERIFIED)
def test_an_unverified_address_authorises_nobody(
    backend: Backend, provider: Provider, browser: Browser, before: State, verified: object
) -> None:
    provider.person |= {"email": ADMIN, "hd": "demo.example", "email_verified": verified}

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)
    person = backend.person(provider.person["sub"])
    assert (person.status, person.roles) == ("pending", ())


@pytest.mark.parametrize("address", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_is_not_one_plain_address_counts_as_none(
    backend: Backend, provider: Provider, browser: Browser, before: State, address: object
) -> None:
    """It is not repaired either: what remains after a repair might be somebody's address."""
    provider.person |= {"email": address, "hd": "demo.example"}

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)
    person = backend.person(provider.person["sub"])
    assert (person.status, person.roles, person.email) == ("pending", (), None)


@pytest.mark.parametrize(
    "address",
    [
        "ada@demo.example.evil.example",
        "ada@demo.examples",
        "ada@evil-demo.example",
        "ada@xn--dmo-8cd.example",
        "ada+x@demo.example",
        "xada@demo.example",
        "a.da@demo.example",
        "_da@demo.example",
        "%@demo.example",
    ],
)
def test_another_plain_address_makes_no_administrator(
    backend: Backend, provider: Provider, browser: Browser, address: str
) -> None:
    provider.person |= {"email": address, "hd": None}
    browser.sign_in()

    person = backend.person(provider.person["sub"])
    assert (person.status, person.roles, person.email) == ("pending", (), address)


@pytest.mark.parametrize(
    "hosted_domain",
    [
        None,
        "",
        "evil.example",
        "demo.example.evil.example",
        "DEMO.example ",
        "demo.example\x00",
        ["demo.example"],
        True,
    ],
)
def test_only_the_hosted_domain_itself_authorises(
    backend: Backend, provider: Provider, browser: Browser, before: State, hosted_domain: object
) -> None:
    provider.person |= {"email": "somebody@demo.example", "hd": hosted_domain}

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)
    assert backend.person(provider.person["sub"]).status == "pending"


@pytest.mark.parametrize(
    ("person", "role"),
    [
        ({"email": ADMIN}, "admin"),
        ({"email": "ADA@Demo.Example"}, "admin"),
        ({"email": "somebody@demo.example", "hd": "demo.example"}, "member"),
    ],
)
def test_a_plain_verified_address_authorises(
    backend: Backend, provider: Provider, browser: Browser, person: dict[str, object], role: str
) -> None:
    provider.person |= {"hd": None, "email_verified": True} | person
    browser.sign_in()

    told = backend.person(provider.person["sub"])
    assert (told.status, told.roles) == ("active", (role,))


def test_the_same_subject_with_a_new_address_is_the_same_account(
    backend: Backend, provider: Provider, browser: Browser
) -> None:
    browser.sign_in()
    first = backend.person(provider.person["sub"])
    provider.person["email"] = "new-address@demo.example"
    before = backend.state()
    browser.cookies.clear()

    assert_signed_in(browser.sign_in(), backend, before)
    second = backend.person(provider.person["sub"])
    assert (second.id, second.roles) == (first.id, first.roles)
    assert second.email == "new-address@demo.example"


def test_the_same_address_with_a_new_subject_is_another_account(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser]
) -> None:
    """An address that was given to somebody else, at the same provider."""
    new_browser().sign_in()
    first = backend.person(provider.person["sub"])
    provider.person["sub"] += "-somebody-else"
    before = backend.state()

    assert_signed_in(new_browser().sign_in(), backend, before, newcomers=1)
    second = backend.person(provider.person["sub"])
    assert second.id != first.id
    assert second.email == first.email


@pytest.mark.parametrize("change", [str.upper, lambda sub: sub + " ", lambda sub: sub + "\u0301"])
def test_subjects_are_compared_byte_by_byte(
    backend: Backend, provider: Provider, new_browser: Callable[[], Browser], change: Callable[[str], str]
) -> None:
    new_browser().sign_in()
    first = backend.person(provider.person["sub"])
    provider.person["sub"] = change(provider.person["sub"])
    answer = new_browser().sign_in()

    if answer.status_code == 303:
        assert backend.person(provider.person["sub"]).id != first.id
    else:
        assert answer.status_code == 403


def test_an_administrators_address_helps_later_no_more_than_at_first(
    backend: Backend, provider: Provider, browser: Browser
) -> None:
    """ADMIN_EMAILS counts at the first sign-in only: an address obtained afterwards raises nobody."""
    provider.person |= {"email": "somebody@elsewhere.example", "hd": None}
    browser.sign_in()
    provider.person["email"] = ADMIN
    browser.sign_in()

    person = backend.person(provider.person["sub"])
    assert (person.status, person.roles) == ("pending", ())


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("name", "x" * 10_000),
        ("name", {"first": "Ada"}),
        ("name", "<script>alert(1)</script>"),
        ("name", "Ada\x00\r\n"),
        ("picture", "javascript:alert(1)"),
        ("picture", "http://evil.example/pixel"),
        ("picture", "https://evil.example/" + "x" * 5000),
        ("locale", "../../etc/passwd"),
        ("locale", ["es"]),
        ("hd", "x" * 10_000),
    ],
)
def test_odd_claims_are_left_out_and_harm_nothing(
    backend: Backend, provider: Provider, browser: Browser, before: State, claim: str, value: object
) -> None:
    provider.person[claim] = value

    assert_signed_in(browser.sign_in(), backend, before, newcomers=1)

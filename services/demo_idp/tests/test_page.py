"""The page of the four people."""

import re
from html.parser import HTMLParser

import pytest

from demo_idp.accounts import ACCOUNTS
from demo_idp.tests.relying_party import RelyingParty, parameters
from demo_idp.texts import TEXTS


class Buttons(HTMLParser):
    """Collects the `account` value of each button, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "button":
            assert dict(attrs)["name"] == "account"
            self.values.append(dict(attrs)["value"])


def test_there_is_a_button_for_each_person_and_one_to_cancel(party: RelyingParty) -> None:
    assert Buttons(party.open().text).values == ["ada", "mar", "pau", "eva", ""]


def test_the_page_says_that_it_is_a_demo(party: RelyingParty) -> None:
    assert "for development only" in party.open().text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("es-ES,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("de,es;q=0.5", "es"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_the_page_speaks_the_visitors_language(party: RelyingParty, accepted: str, language: str) -> None:
    answer = party.open(headers={"Accept-Language": accepted})

    assert f'<html lang="{language}">' in answer.text
    assert TEXTS[language]["title"] in answer.text
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Vary"] == "Accept-Language"


def test_both_languages_say_the_same_things() -> None:
    assert TEXTS["en"].keys() == TEXTS["es"].keys()
    assert ACCOUNTS.keys() < TEXTS["en"].keys()


def test_looking_changes_nothing_and_sets_no_cookie(party: RelyingParty) -> None:
    first, second = party.open(), party.open()

    assert first.data == second.data
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"


def test_the_page_needs_nothing_from_elsewhere(party: RelyingParty) -> None:
    page = party.open().text

    (style,) = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page)
    assert style == "/demo-idp/static/style.css"
    with party.http.get(style) as css:
        assert css.mimetype == "text/css"
    assert "<script" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8080"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost:8080"},
        {},  # no browser, or the gateway, which has looked already
    ],
)
def test_the_form_is_accepted_from_our_own_page(party: RelyingParty, headers: dict[str, str]) -> None:
    assert "code" in parameters(party.choose("mar", headers=headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8080"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8081"},
        {"Origin": "http://localhost:8080.evil.example"},
    ],
)
def test_the_form_is_refused_from_elsewhere(party: RelyingParty, headers: dict[str, str]) -> None:
    answer = party.choose("mar", headers=headers)

    assert answer.status_code == 400
    assert "Location" not in answer.headers

"""Where a person comes out after signing in: where they wanted to go on this site, or its first page."""

import pytest

from tests.sign_in.backend import Backend
from tests.sign_in.browser import Browser, question
from tests.sign_in.next_paths import HOSTILE, LOCAL, stays_here
from tests.sign_in.provider import Provider

SPOOFS = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "//evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Original-URL": "//evil.example",
    "X-Rewrite-URL": "//evil.example",
    "X-Script-Name": "//evil.example",
    "X-HTTP-Host-Override": "evil.example",
    "Forwarded": "host=evil.example;proto=https",
    "Referer": "https://evil.example/",
    "Origin": "https://evil.example",
}


def test_there_are_hundreds_of_spellings() -> None:
    assert len(HOSTILE) > 300


@pytest.mark.parametrize("wanted", HOSTILE, ids=lambda wanted: ascii(wanted)[:60])
def test_nobody_is_led_elsewhere(backend: Backend, provider: Provider, browser: Browser, wanted: str) -> None:
    answer = browser.sign_in(next_path=wanted)

    assert answer.status_code == 303
    assert stays_here(answer.headers["Location"], backend.address), answer.headers["Location"]
    assert "a" not in browser.cookies


@pytest.mark.parametrize("wanted", LOCAL)
def test_a_page_of_this_site_is_come_back_to(
    backend: Backend, provider: Provider, browser: Browser, wanted: str
) -> None:
    assert browser.sign_in(next_path=wanted).headers["Location"] == wanted


def test_without_a_wish_it_is_the_apps_first_page(
    backend: Backend, provider: Provider, browser: Browser
) -> None:
    assert browser.sign_in().headers["Location"] == "/app"


@pytest.mark.parametrize(
    "query",
    ["next=/app&next=//evil.example", "next=//evil.example&next=/app", "next[]=//evil.example", "next"],
)
def test_a_wish_told_twice_or_oddly_leads_nowhere_else(
    backend: Backend, provider: Provider, browser: Browser, query: str
) -> None:
    provider_url = browser.get(f"/auth/login?{query}").headers["Location"]
    answer = browser.get(browser.choose(provider_url))

    assert answer.headers["Location"] == "/app"


def test_a_wish_at_the_callback_is_not_heard(backend: Backend, provider: Provider, browser: Browser) -> None:
    callback = browser.choose(browser.begin("/app/documents"))

    assert browser.get(f"{callback}&next=//evil.example").headers["Location"] == "/app/documents"


@pytest.mark.parametrize("name", SPOOFS)
def test_a_spoofed_header_leads_nowhere_else(
    backend: Backend, provider: Provider, browser: Browser, name: str
) -> None:
    spoofed = {name: SPOOFS[name]}
    provider_url = browser.get("/auth/login?next=/app/documents", spoofed).headers["Location"]
    answer = browser.get(browser.choose(provider_url), spoofed)

    assert provider_url.startswith(f"{provider.issuer}/authorize?")
    assert question(provider_url)["redirect_uri"] == f"{backend.address}/auth/callback"
    assert answer.headers["Location"] == "/app/documents"


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"]
)
def test_the_corpus_is_judged_rightly(wanted: str) -> None:
    assert not stays_here(wanted, "http://127.0.0.1:1")

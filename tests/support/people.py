"""The demo's four people as HTTP clients: signed in through the real sign-in, page by page, without a browser."""

import re
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Literal

import httpx2

Account = Literal["ada", "mar", "pau", "eva"]
TIMEOUT = 60.0  # seconds


def visitor(url: str) -> httpx2.Client:
    """A client that nobody knows yet, keeping cookies as a browser does on localhost: Secure ones over http too."""
    policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
    return httpx2.Client(
        base_url=url,
        cookies=CookieJar(policy),
        headers={"Sec-Fetch-Site": "same-origin"},
        timeout=TIMEOUT,
        trust_env=False,
    )


def sign_in(url: str, account: Account, path: str = "/app/documents") -> httpx2.Client:
    """Walk from /auth/login over the provider's page of accounts and the callback back to `path`."""
    client = visitor(url)
    asked = client.get("/auth/login", params={"next": path})
    assert asked.status_code == 302, asked.text
    page = client.get(asked.headers["location"])
    assert re.search(rf'name="account"[^>]*value="{account}"', page.text), page.text
    chosen = client.post(str(page.url), data={"account": account})
    back = client.get(chosen.headers["location"])
    assert (back.status_code, back.headers.get("location")) == (303, path), back.text
    return client

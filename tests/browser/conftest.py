"""Real Chromium in front of the real platform. Each page that is shown is checked with axe and kept as a picture."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.shell import ROOT
from tests.browser.slowness import slow_down
from tests.support.people import Account
from tests.support.platform import Platform

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "artifacts" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000  # milliseconds: how long a busy machine may take to show something
ON_ITS_WAY = 'p[class*="_waiting_"], .mantine-Skeleton-root'  # what a page shows in place of answers that have not come
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}

Scheme = Literal["light", "dark"]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For the tests of one file: it keeps a loop running, beside which no other test of this process can have one."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, stack: Platform) -> Iterator[Open]:
    """`open_page("es", "dark", PHONE)` is a window of somebody new; what the page complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        locale: str = "en",
        scheme: Scheme = "light",
        viewport: dict[str, int] = DESKTOP,
        user_agent: str | None = None,
    ) -> Page:
        size: Any = viewport
        context = browser.new_context(
            base_url=stack.url,
            locale=locale,
            color_scheme=scheme,
            viewport=size,
            user_agent=user_agent,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        slow_down(context)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    """Errors on the console, but for the browser's own notes on answers that the test has asked for."""
    if kind == "error" and not text.startswith("Failed to load resource"):
        complaints.append(text)


def sign_in(page: Page, account: Account, path: str = "/app") -> None:
    """Through the provider's page, as a person does it."""
    page.goto(f"/auth/login?next={path}")
    choose(page, account, path)


def choose(page: Page, account: Account, path: str) -> None:
    """On the provider's page, which leads on to the page at `path`."""
    page.locator(f'button[name="account"][value="{account}"]').click()
    arrive(page, path)


def arrive(page: Page, path: str) -> None:
    """Wait until the page at this path, or below it, is drawn: the address is there long before."""
    page.wait_for_url(lambda url: urlsplit(url).path.startswith(path))
    expect(page.locator("header").first).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def is_signed_out(page: Page) -> bool:
    """Whether the door lets this browser in no more: soon after it was signed out, wherever that was."""
    return page.request.get("/api/account").status == 401


def tables(stack: Platform) -> sqlite3.Connection:
    """The backend's; others may be writing."""
    return sqlite3.connect(stack.stack.database_url("backend").removeprefix("sqlite:///"), timeout=60)


def sign_ins_were_long_ago(stack: Platform) -> None:
    """So that what is dangerous asks for another one."""
    with closing(tables(stack)) as database, database:
        database.execute("UPDATE sessions SET authenticated_at = datetime(authenticated_at, '-11 minutes')")


def look(page: Page, name: str) -> None:
    """Keep a picture, and let axe find nothing to object to (WCAG 2.2, A and AA)."""
    expect(page.locator("h1")).not_to_have_count(0)  # a page that is on its way shows none yet
    expect(page.locator(ON_ITS_WAY)).to_have_count(0)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    objections = [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']]}" for v in found["violations"]]
    assert objections == [], name
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{name} is {width} px wider than the window"


def pid() -> str:
    """Makes titles that no test beside this one uses."""
    return f"{os.getpid()}-{os.urandom(3).hex()}"

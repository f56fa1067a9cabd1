"""A program is let in, and signed out, by its person at the browser."""

import httpx2
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, choose, look, sign_in, sign_ins_were_long_ago
from tests.support.platform import Platform
from tests.support.programs import ask, begin
from tests.support.waiting import until


def show(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="asks to be signed in as you")).to_be_focused()


def test_a_program_is_let_in_after_a_fresh_sign_in_and_signed_out(
    open_page: Open, stack: Platform, visitor: httpx2.Client
) -> None:
    page, begun = open_page(), begin(visitor)
    sign_in(page, "mar", "/app/device")
    sign_ins_were_long_ago(stack)
    show(page, begun["user_code"].lower().replace("-", " "))
    expect(page.get_by_text(begun["user_code"])).to_be_visible()
    expect(page.get_by_text("zaguan/0.1 (Linux; workshop)")).to_be_visible()
    look(page, "program-asks")
    page.get_by_role("button", name="Let it in").click()
    page.get_by_role("link", name="Sign in again").click()
    choose(page, "mar", "/app/device")
    page.get_by_role("button", name="Let it in").click()
    expect(page.get_by_text("is signed in as you")).to_be_focused()
    look(page, "program-let-in")

    credentials = ask(visitor, begun)
    assert credentials.status_code == 200, credentials.text
    _sign_out(page, visitor, f"Bearer {credentials.json()['access_token']}")


def _sign_out(page: Page, visitor: httpx2.Client, bearer: str) -> None:
    def status() -> int:
        return visitor.get("/api/documents", headers={"Authorization": bearer}).status_code

    assert status() == 200
    page.get_by_role("link", name="See my programs").click()
    row = page.locator("main li", has_text="zaguan/0.1 (Linux; workshop)").first
    expect(row).to_contain_text("Last used")
    look(page, "programs-with-one")
    row.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("is signed out")).to_be_focused()
    until(lambda: status() == 401)


def test_a_program_that_came_by_a_link_is_sent_away(
    open_page: Open, stack: Platform, visitor: httpx2.Client
) -> None:
    page, begun = open_page(), begin(visitor)
    path = begun["verification_uri_complete"].removeprefix(stack.url)
    page.goto(path)
    page.get_by_role("link", name="Sign in to go on").click()
    choose(page, "mar", "/app/device")
    assert page.url == f"{stack.url}{path}"
    expect(page.get_by_label("Code")).to_have_value(begun["user_code"])
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send it away").click()
    expect(page.get_by_role("heading", name="It was sent away")).to_be_visible()
    look(page, "program-sent-away")
    assert ask(visitor, begun).json()["error"] == "access_denied"


def test_a_code_that_nobody_has_is_told(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "mar", "/app/device")
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no such code")
    look(page, "program-unknown")

"""What a visitor, a member and a person who waits do and see, with real clicks."""

import httpx2
from playwright.sync_api import Page, expect

from tests.browser.conftest import ON_ITS_WAY, Open, arrive, choose, look, pid, sign_in
from tests.support.people import TIMEOUT
from tests.support.platform import Platform
from tests.support.waiting import until

# Who reaches the toast by keyboard has all the time that they need: so has a slow machine.
TIME_STANDS_STILL = """
    const looks = setInterval(() => {
      const undo = document.querySelector('[role="status"] button');
      if (!undo) return;
      clearInterval(looks);
      undo.focus();
    }, 100);
"""


def test_from_the_landing_page_to_the_documents_and_out_again(open_page: Open, stack: Platform) -> None:
    page = open_page()
    page.goto("/")
    _search_the_samples(page)
    page.get_by_role("link", name="Sign in").first.click()
    look(page, "provider")
    page.get_by_role("button", name="Mar Olmedo").click()
    arrive(page, "/app/documents")

    title = f"Garden {pid()}"
    _write(page, title, "Water the **marjoram** on Monday.")
    _find(page, title)
    _edit(page, title)

    page.goto("/app/account")
    expect(page.get_by_text("mar@demo.example")).to_be_visible()
    look(page, "account")
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url(f"{stack.url}/")
    old = {"Cookie": f"__Host-session={cookies['__Host-session']}"}
    with httpx2.Client(base_url=stack.url, headers=old, timeout=TIMEOUT, trust_env=False) as thief:
        until(lambda: thief.get("/api/account").status_code == 401)
    page.goto("/app/documents")
    arrive(page, "/app/documents")
    expect(page.get_by_text(title)).to_have_count(0)
    look(page, "sign-in-first")


def _search_the_samples(page: Page) -> None:
    box = page.get_by_role("searchbox")
    box.fill("pepino")
    box.press("Enter")
    expect(page.get_by_role("button", name="Gazpacho andaluz")).to_be_visible()
    expect(page.get_by_role("button", name="A letter from Cádiz")).to_have_count(0)
    look(page, "landing-search")


def _write(page: Page, title: str, body: str) -> None:
    page.get_by_role("link", name="New document").first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(body)
    look(page, "document-new")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("strong", has_text="marjoram")).to_be_visible()
    look(page, "document-read")


def _find(page: Page, title: str) -> None:
    page.goto("/app/documents")
    look(page, "documents")
    box = page.get_by_role("searchbox")
    box.fill("marjoram")
    box.press("Enter")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def _edit(page: Page, title: str) -> None:
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Text", exact=True).fill("Water the marjoram on *Tuesday*.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("em", has_text="Tuesday")).to_be_visible()


def test_a_person_who_waits_is_told_so(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "pau")
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    look(page, "waiting")
    assert page.evaluate("fetch('/api/documents').then(answer => answer.status)") == 403


def test_a_deleted_document_comes_back_with_undo(open_page: Open) -> None:
    page, title = open_page(), f"Undone {pid()}"
    _save(page, title)
    page.evaluate(TIME_STANDS_STILL)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.goto("/app/documents")
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_a_deleted_document_is_gone(open_page: Open) -> None:
    page, title = open_page(), f"Gone {pid()}"
    _save(page, title)
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as deleted:
        page.get_by_role("button", name="Delete").click()
    assert deleted.value.status == 204
    page.goto("/app/documents")
    arrive(page, "/app/documents")
    expect(page.locator(ON_ITS_WAY)).to_have_count(0)
    expect(page.get_by_role("link", name=title)).to_have_count(0)


def _save(page: Page, title: str) -> None:
    sign_in(page, "mar", "/app/documents/new")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_two_windows_conflict_and_nothing_is_lost(open_page: Open) -> None:
    first = open_page()
    sign_in(first, "mar", "/app/documents/new")
    first.get_by_label("Title").fill(f"Shared {pid()}")
    first.get_by_role("button", name="Save").click()
    first.get_by_role("button", name="Edit").wait_for()
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_role(
        "button", name="Edit"
    ).wait_for()  # it has the text before the other window has a draft of it
    for page in (first, second):
        page.get_by_role("button", name="Edit").click()
        page.get_by_label("Text", exact=True).fill("mine" if page is second else "theirs")
    first.get_by_role("button", name="Save").click()
    expect(first.locator("article, main").get_by_text("theirs").first).to_be_visible()
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("button", name="Keep mine")).to_be_visible()
    look(second, "conflict")
    second.get_by_role("button", name="Keep mine").click()
    expect(second.get_by_text("mine", exact=True).first).to_be_visible()


def test_a_session_that_ends_while_typing_loses_no_text(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "mar", "/app/documents/new")
    title = f"Typed {pid()}"
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill("a long thought")
    page.context.request.post("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"})
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    look(page, "session-ended")
    page.get_by_role("link", name="Sign in again").click()
    choose(page, "mar", "/app/documents/new")
    expect(page.get_by_label("Title")).to_have_value(title)
    expect(page.get_by_label("Text", exact=True)).to_have_value("a long thought")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()

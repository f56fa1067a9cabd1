"""What is done in one window is seen in the others: two tabs of one browser, and another browser."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.browser.conftest import PHONE, Open, choose, look, pid, sign_in, tables
from tests.support.platform import Platform

EVENTS = "/api/account/events"


def opened_streams(context: BrowserContext) -> list[str]:
    """The streams that a browser opens from now on."""
    asked: list[str] = []

    def note(answer: Response) -> None:
        if EVENTS in answer.url and answer.ok:
            asked.append(answer.url)

    context.on("response", note)
    return asked


def save(page: Page, title: str) -> str:
    answer = page.request.post(
        "/api/documents",
        data={"title": title, "body": "Words", "tags": []},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status == 201, answer.text()
    return str(answer.json()["id"])


def change(page: Page, document: str, title: str) -> None:
    path = f"/api/documents/{document}"
    etag = page.request.get(path).headers["etag"]
    headers = {"If-Match": etag, "Sec-Fetch-Site": "same-origin"}
    answer = page.request.put(path, data={"title": title, "body": "Other words", "tags": []}, headers=headers)
    assert answer.status == 200, answer.text()


def test_tabs_and_browsers_follow_each_other_over_one_stream_each(open_page: Open) -> None:
    laptop, phone = open_page(), open_page("es", "dark", PHONE)
    streams = opened_streams(laptop.context)
    sign_in(laptop, "mar", "/app/documents")
    sign_in(phone, "mar", "/app/documents")
    other_tab = laptop.context.new_page()
    other_tab.goto("/app/documents")
    expect(other_tab.get_by_role("heading", name="Documents", exact=True).first).to_be_visible()

    title, later = f"Seen everywhere {pid()}", f"Changed everywhere {pid()}"
    document = save(phone, title)
    for page in (laptop, other_tab, phone):
        expect(page.get_by_role("link", name=title)).to_be_visible()
    laptop.get_by_role("link", name=title).click()
    expect(laptop.get_by_role("heading", name=title)).to_be_visible()
    change(phone, document, later)
    expect(laptop.get_by_role("heading", name=later)).to_be_visible()
    expect(other_tab.get_by_role("link", name=later)).to_be_visible()
    assert len(streams) == 1

    laptop.close()  # it held the stream: the other tab goes on where it was
    last = f"After the first tab {pid()}"
    save(phone, last)
    expect(other_tab.get_by_role("link", name=last)).to_be_visible()
    assert len(streams) == 2
    assert re.search(r"last_event_id=\d+$", streams[1])


def test_a_browser_that_is_signed_out_elsewhere_shows_nothing_any_more_and_says_why(open_page: Open) -> None:
    laptop, phone = (
        open_page(),
        open_page("es", "dark", PHONE, "Mozilla/5.0 (Linux; Android 16) Chrome/142.0"),
    )
    sign_in(phone, "mar", "/app/documents")
    second = phone.context.new_page()
    second.goto("/app/account/devices")
    sign_in(laptop, "mar", "/app/account/devices")
    title = f"Private {pid()}"
    save(laptop, title)
    expect(phone.get_by_role("link", name=title)).to_be_visible()
    expect(second.get_by_role("listitem").filter(has_text="Este")).to_be_visible()

    laptop.get_by_role("button", name=re.compile("Sign out .*Android")).first.click()
    for page in (phone, second):
        expect(page.get_by_role("heading", name="Has salido")).to_be_visible()
        expect(page.get_by_text("desde otro dispositivo")).to_be_visible()
        expect(page.get_by_role("link", name=title)).to_have_count(0)
    look(phone, "signed-out-elsewhere")
    phone.get_by_role("link", name="Volver a iniciar sesión").click()
    choose(phone, "mar", "/app/documents")
    expect(phone.get_by_role("link", name=title)).to_be_visible()
    second.bring_to_front()
    second.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(second.get_by_role("listitem").filter(has_text="Este")).to_be_visible()


@pytest.fixture
def pau_waits_again(stack: Platform) -> Iterator[None]:
    """For the tests after this one."""
    yield
    with closing(tables(stack)) as database, database:
        database.execute(
            "DELETE FROM user_roles WHERE user_id IN (SELECT id FROM users WHERE status = 'suspended')"
        )
        database.execute("UPDATE users SET status = 'pending' WHERE status = 'suspended'")


@pytest.mark.usefixtures("pau_waits_again")
def test_who_is_let_in_sees_it_without_asking_again(open_page: Open) -> None:
    waiting, admin = open_page(), open_page()
    sign_in(waiting, "pau", "/app/documents")
    expect(waiting.get_by_role("button", name="Check again")).to_be_visible()
    sign_in(admin, "ada", "/app/admin")
    same = {"Sec-Fetch-Site": "same-origin"}
    (pau,) = admin.request.get("/api/admin/users?q=pau").json()["items"]
    path = f"/api/admin/users/{pau['id']}"
    # what they may has changed, so their stream ends, and they come again
    with waiting.expect_response(lambda answer: "/api/account/events" in answer.url and answer.ok):
        assert admin.request.patch(path, data={"status": "active"}, headers=same).status == 200
    expect(waiting.get_by_role("button", name="Check again")).to_have_count(0)
    expect(waiting.get_by_role("link", name="Documents")).to_be_visible()
    assert admin.request.patch(path, data={"status": "suspended"}, headers=same).status == 200
    expect(waiting.get_by_text("suspended your account")).to_be_visible()
    look(waiting, "suspended-while-the-app-was-open")

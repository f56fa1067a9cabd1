"""One's own account: devices, access tokens, history, and an invitation, with real clicks."""

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PHONE,
    Open,
    choose,
    is_signed_out,
    look,
    pid,
    sign_in,
    sign_ins_were_long_ago,
)
from tests.conftest import SignIn
from tests.support.people import TIMEOUT
from tests.support.platform import Platform
from tests.support.waiting import until

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.1 Mobile/15E148 Safari/604.1"
)


def status_of(url: str, text: str) -> int:
    """What a program gets that shows this access token."""
    headers = {"Authorization": f"Bearer {text}"}
    return httpx2.get(f"{url}/api/documents", headers=headers, timeout=TIMEOUT, trust_env=False).status_code


def test_a_new_device_is_noticed_and_signed_out(open_page: Open) -> None:
    laptop, phone = open_page(), open_page("es", "dark", PHONE, IPHONE)
    sign_in(laptop, "mar", "/app/account/devices")
    sign_in(phone, "mar")
    laptop.get_by_role("navigation", name="Your account").get_by_role("link", name="History").click()
    newest = laptop.locator("main ol > li").first
    expect(newest).to_contain_text("Signed in")
    expect(newest).to_contain_text("New device")
    expect(newest).to_contain_text("Safari on iPhone")

    laptop.goto("/app/account/devices")
    expect(laptop.get_by_role("listitem").filter(has_text="This one")).to_contain_text("Chrome on Linux")
    laptop.get_by_role("button", name="Sign out Safari on iPhone").click()
    expect(laptop.get_by_text("Safari on iPhone is signed out")).to_be_focused()
    look(laptop, "device-signed-out")
    until(lambda: is_signed_out(phone))
    phone.reload()
    expect(phone.get_by_role("heading", name="¿Quién llama a la puerta?")).to_be_visible()


def test_signing_out_everywhere_asks_first_and_ends_all(open_page: Open, stack: Platform) -> None:
    here, elsewhere = open_page(), open_page()
    for page in (here, elsewhere):
        sign_in(page, "mar", "/app/account/devices")
    here.get_by_role("button", name="Sign out everywhere").click()
    dialog = here.get_by_role("dialog")
    expect(dialog).to_contain_text("this one too")
    look(here, "sign-out-everywhere")
    dialog.get_by_role("button", name="Sign out everywhere").click()
    here.wait_for_url(f"{stack.url}/")
    until(lambda: is_signed_out(here) and is_signed_out(elsewhere))
    for page in (here, elsewhere):
        page.goto("/app/account")
        expect(page.get_by_role("link", name="Sign in to go on")).to_be_visible()


def test_a_token_is_made_after_a_fresh_sign_in_shown_once_and_revoked(
    open_page: Open, stack: Platform
) -> None:
    page, name = open_page(), f"laptop {pid()}"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "mar", "/app/account/tokens/new")
    sign_ins_were_long_ago(stack)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Read one’s own documents").check()
    page.get_by_label("Expires").select_option("7")
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("alert")).to_contain_text("within the last ten minutes")
    look(page, "sign-in-again")
    _sign_in_again(page)
    expect(page.get_by_label("Name")).to_have_value(name)
    expect(page.get_by_label("Read one’s own documents")).to_be_checked()
    expect(page.get_by_label("Expires")).to_have_value("7")
    look(page, "token-form-restored")

    page.get_by_role("button", name="Make the token").click()
    field = page.get_by_role("textbox", name="Access token")
    expect(field).to_be_focused()
    look(page, "token-shown-once")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == field.input_value()
    assert status_of(stack.url, text) == 200
    _revoke(page, name, text)
    until(lambda: status_of(stack.url, text) == 401)


def _sign_in_again(page: Page) -> None:
    page.get_by_role("link", name="Sign in again").click()
    choose(page, "mar", "/app/account/tokens/new")


def _revoke(page: Page, name: str, text: str) -> None:
    page.get_by_role("link", name="I have it").click()
    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text("Last used")
    assert text not in page.content()
    assert text not in str(page.context.storage_state())
    assert text not in page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
    look(page, "tokens-with-one")
    row.get_by_role("button", name=f"Revoke {name}").click()
    look(page, "token-revoke")
    page.get_by_role("dialog").get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text(f"“{name}” is revoked")).to_be_focused()


def test_a_token_is_made_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "mar", "/app/account")
    _tab_to(page, "Access tokens")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Access tokens", level=1)).to_be_focused()
    _tab_to(page, "New access token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New access token", level=1)).to_be_focused()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(f"keyboard {pid()}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Space")
    _tab_to(page, "Make the token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Access token")).to_be_focused()
    _tab_to(page, "Copy")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()


def _tab_to(page: Page, words: str) -> None:
    expect(page.get_by_text(words, exact=True).last).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words:
            return
    raise AssertionError(f"Tab does not lead to {words!r}")


@pytest.fixture
def invitation(stack: Platform, signed_in: SignIn) -> str:
    """The path of the link of one for Mar."""
    made = signed_in("ada").post("/api/admin/invitations", json={"email": "mar@demo.example"})
    assert made.status_code == 201, made.text
    return str(made.json()["link"]).removeprefix(stack.url)


def test_an_invitation_leads_through_the_sign_in_and_opens_once(open_page: Open, invitation: str) -> None:
    page = open_page()
    page.goto(invitation)
    page.get_by_role("link", name="Sign in to go on").click()
    choose(page, "mar", invitation)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", name="Come in")).to_be_visible()
    look(page, "invitation-accepted")

    page.goto(invitation)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("This invitation is over")
    look(page, "invitation-over")


def test_an_invitation_for_another_address_stays_closed(open_page: Open, invitation: str) -> None:
    page = open_page()
    sign_in(page, "pau", invitation)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("for another address")
    look(page, "invitation-not-yours")
    page.get_by_role("link", name="Sign in with another account").click()
    choose(page, "mar", invitation)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", name="Come in")).to_be_visible()

"""Google, or who stands in for it, is connected for more than signing in, and disconnected."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, choose, look, sign_in


def test_google_is_connected_with_what_is_given_and_disconnected(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "mar", "/app/account/google")
    page.get_by_label("See the events of your calendars").check()
    page.get_by_label("See your task lists").check()
    look(page, "google-choose")
    page.get_by_role("button", name="Go on at Google").click()
    _give(page, leave_out="tasks")

    card = page.get_by_role("region", name="Connected")
    expect(card).to_contain_text("mar@demo.example")
    expect(card).to_contain_text("See the events of your calendars")
    expect(card).to_contain_text("not given: See your task lists")
    expect(page.get_by_role("form", name="Connect more").get_by_role("checkbox")).to_have_count(2)
    look(page, "google-connected")

    card.get_by_role("button", name="Disconnect").click()
    look(page, "google-disconnect")
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(page.get_by_text("has taken the access back")).to_be_focused()
    expect(card).to_have_count(0)
    expect(page.get_by_role("form", name="Connect Google")).to_be_visible()
    look(page, "google-disconnected")


def _give(page: Page, leave_out: str) -> None:
    """On the provider's own page."""
    page.locator(f'input[name="grant"][value*="{leave_out}"]').uncheck()
    choose(page, "mar", "/app/account/google")

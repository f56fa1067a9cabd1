"""Budgets of the AI, with real clicks: set for a person, used up by them, told to them, and in the audit."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, look, sign_in

SAME = {"Sec-Fetch-Site": "same-origin"}


def embed(page: Page) -> int:
    """Tokens that it took: for the same text always as many."""
    body = {"model": "all-minilm-l6-v2", "input": "a cool house in summer"}
    answer = page.request.post("/api/ai/v1/embeddings", data=body, headers=SAME)
    assert answer.status == 200, answer.text()
    return int(answer.json()["usage"]["total_tokens"])


def told(page: Page, path: str) -> Any:
    answer = page.request.get(path)
    assert answer.status == 200, answer.text()
    return answer.json()


@pytest.fixture
def ada(open_page: Open) -> Page:
    page = open_page()
    sign_in(page, "ada", "/app/admin/ai")
    return page


@pytest.fixture
def mar(open_page: Open, ada: Page) -> Iterator[Page]:
    """Afterwards she has no budget of her own: other tests count on that."""
    page = open_page("en", "light", PHONE)
    sign_in(page, "mar", "/app/documents")
    yield page
    me = told(page, "/api/account")["id"]
    ada.request.delete(f"/api/ai/budgets/person/{me}", headers=SAME)


def test_a_budget_is_set_used_up_told_and_removed(ada: Page, mar: Page) -> None:
    tokens = embed(mar)
    used = told(mar, "/api/ai/usage")["day"]["used"]
    ada.reload()
    ada.get_by_role("searchbox").fill("mar@demo")
    ada.get_by_role("listitem").get_by_role("link", name="Mar Olmedo").click()
    expect(ada.get_by_role("heading", name="Mar Olmedo", level=1)).to_be_visible()
    expect(ada.get_by_role("table", name="By model")).to_contain_text("minilm")

    ada.get_by_role("button", name="Give them a budget of their own…").click()
    ada.get_by_label("Tokens a day").fill(str(used + tokens))
    look(ada, "admin-ai-budget")
    ada.get_by_role("button", name="Set the budget").click()
    expect(ada.get_by_text("Their budget is set.")).to_be_focused()
    expect(ada.get_by_text("This budget is their own.")).to_be_visible()

    embed(mar)
    notice = mar.get_by_text("You have used 100% of today’s AI budget.")
    expect(notice).to_be_visible()
    look(mar, "budget-reached-phone")
    mar.get_by_role("link", name="See your usage").click()
    expect(mar.get_by_role("region", name="Today")).to_contain_text("All of it is used.")
    mar.get_by_role("button", name="Close the notice about today").click()
    expect(notice).to_have_count(0)

    ada.get_by_role("button", name="Remove their own budget…").click()
    ada.get_by_role("button", name="Remove the budget").click()
    expect(ada.get_by_text("Their own budget is removed.")).to_be_focused()
    ada.goto("/app/admin/audit?action=ai.")
    changes = ada.locator("main ol > li").filter(has_text="AI budget of a person changed")
    expect(changes.nth(1)).to_be_visible()  # given and removed
    expect(changes.first).to_contain_text("by Ada Zubiri")
    expect(changes.first).to_contain_text("about Mar Olmedo")


def test_on_a_phone_the_rooms_are_behind_a_button(open_page: Open) -> None:
    page = open_page("es", "dark", PHONE)
    sign_in(page, "ada", "/app/documents")
    menu = page.get_by_role("button", name="Menú")
    way = page.get_by_role("navigation", name="Principal").get_by_role("link", name="Administración")
    expect(way).to_be_hidden()
    header = page.locator("header").bounding_box()
    assert header
    assert header["height"] < 80  # one line
    menu.click()
    expect(way).to_be_visible()
    look(page, "menu-phone")
    way.click()
    expect(page).to_have_url(re.compile("/app/admin/overview$"))
    expect(way).to_be_hidden()
    menu.press("Enter")
    expect(way).to_be_visible()
    page.keyboard.press("Escape")
    expect(way).to_be_hidden()

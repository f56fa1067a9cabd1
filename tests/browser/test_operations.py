"""Operations, with real clicks: a message that could not be handled is seen, sent again, dropped."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts.stack import Stack
from servicekit.events.embedded import Embedded
from servicekit.events.event import Event
from servicekit.events.line import Letter
from servicekit.ids import new_id
from tests.browser.conftest import DESKTOP, PHONE, Open, look, sign_in
from tests.support.platform import Platform

QUEUE = "documents.people"
LETTERS = "Dead letters of documents.people"


@pytest.fixture
def buried(stack: Platform) -> None:
    """Among the dead letters of documents: one event that could be handled, and something that is none."""
    line = Embedded(folder_of(stack.stack))
    line.open()
    event = Event.of("user.deleted.v1", new_id())
    told = {"x-reason": "failed 5 times, at last with OperationalError", "x-tries": 5}
    line._put([Letter("documents.dead", QUEUE, event.as_json(), told, event.id)])
    strange = json.dumps({"owner": "mar@demo.example", "tags": ["a", "secret"], "count": 3})
    line._put([Letter("documents.dead", QUEUE, strange, {"x-reason": "unknown type"}, new_id())])
    line.close()


def folder_of(stack: Stack) -> Path:
    return Path(stack.broker_url("documents").removeprefix("filesystem://"))


def test_a_dead_letter_is_seen_sent_again_and_dropped(open_page: Open, buried: None) -> None:
    page = open_page()
    sign_in(page, "ada")
    page.goto("/app/admin/operations")
    found = page.get_by_role("list", name=LETTERS).get_by_role("listitem")
    expect(found).to_have_count(2)
    expect(page.get_by_text("2 dead letters wait for a decision.")).to_be_visible()
    for summary in page.get_by_text("Shape of the payload").all():
        summary.click()
    expect(page.get_by_role("row", name="tags[1] text 6")).to_be_visible()
    expect(page.get_by_text("secret")).to_have_count(0)
    look(page, "operations")

    page.get_by_role("button", name="Send again: user.deleted.v1").click()
    expect(page.get_by_text("The dead letter is sent again.")).to_be_visible()
    expect(found).to_have_count(1)  # handled, and the page has looked again by itself

    page.get_by_role("button", name="Drop Not an event").click()
    dialog = page.get_by_role("dialog", name="Drop this dead letter?")
    look(page, "operations-drop")
    dialog.get_by_role("button", name="Drop", exact=True).click()
    expect(page.get_by_text("The dead letter is dropped.")).to_be_visible()
    expect(page.get_by_text("No dead letters: nothing waits for you.")).to_be_visible()

    page.get_by_role("navigation", name="Administration").get_by_role("link", name="Audit").click()
    expect(page.get_by_text("Dead letter dropped").first).to_be_visible()
    expect(page.get_by_text("Dead letter “user.deleted.v1” sent again").first).to_be_visible()


def test_in_spanish_in_the_dark_and_on_a_phone(open_page: Open, buried: None) -> None:
    for viewport, name in ((PHONE, "operations-phone"), (DESKTOP, "operations-dark")):
        page = open_page("es", "dark", viewport)
        sign_in(page, "ada")
        page.goto("/app/admin/operations")
        expect(page.get_by_role("heading", name="Operaciones")).to_be_visible()
        expect(page.get_by_role("list", name="Mensajes fallidos de documents.people")).to_be_visible()
        look(page, name)


def test_who_may_not_is_offered_nothing(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "mar")
    page.goto("/app/admin/operations")
    expect(page.get_by_role("heading", name="This room is not open to you")).to_be_visible()
    answer = page.request.get("/api/admin/operations")
    assert answer.status == 403

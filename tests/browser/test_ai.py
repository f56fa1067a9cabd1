"""The AI in front of a person: a chat that is written, tags that are taken, and what a visitor may try."""

from playwright.sync_api import expect

from tests.browser.conftest import Open, look, pid, sign_in


def test_a_chat_is_written_and_counted(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "ada", "/app/ai")
    page.get_by_label("Your message").fill("Name one fruit.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The answer is complete.")).to_be_attached(timeout=60_000)
    expect(page.get_by_text("tokens", exact=False).first).to_be_visible()
    look(page, "chat-answered")
    page.get_by_role("link", name="Usage").click()
    expect(page.get_by_role("table", name="By model")).to_contain_text("smollm2")


def test_suggested_tags_are_taken_with_a_click(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "ada", "/app/documents/new")
    page.get_by_label("Title").fill(f"Shutters and shade {pid()}")
    page.get_by_label("Text").fill("How the wooden shutters and the courtyard keep a house cool in summer.")
    page.get_by_role("button", name="Suggest tags").click()
    offered = page.get_by_role("list", name="Suggested tags").get_by_role("button")
    expect(offered.first).to_be_visible(timeout=60_000)
    look(page, "tags-suggested")
    count = offered.count()
    offered.first.click()
    expect(offered).to_have_count(count - 1)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Shutters and shade")


def test_a_visitor_tries_it(open_page: Open) -> None:
    page = open_page()
    page.goto("/")
    page.get_by_label("Some words of yours").fill("cómo se mantiene fresca una casa en verano")
    page.get_by_role("button", name="Tell language and tags").click()
    expect(page.get_by_text("Language: Spanish")).to_be_visible(timeout=60_000)
    look(page, "visitor-tries-ai")

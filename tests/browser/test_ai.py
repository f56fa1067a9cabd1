"""The AI in front of a person: a chat that is written, tags that are taken, and what a visitor may try."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, look, pid, sign_in
from tests.support.waiting import until

LONGEST_WAIT = 240_000  # milliseconds, on a machine that does much else


def test_a_chat_is_written_and_counted(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "ada", "/app/ai")
    page.get_by_label("Your message").fill("Name one fruit.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The answer is complete.")).to_be_attached(timeout=LONGEST_WAIT)
    expect(page.get_by_text("tokens", exact=False).first).to_be_visible()
    look(page, "chat-answered")
    page.get_by_role("button", name="Keep this conversation").click()
    expect(page.get_by_text("Kept as")).to_be_visible()
    page.get_by_role("link", name="Usage").click()
    expect(page.get_by_role("table", name="By model")).to_contain_text("smollm2")
    page.go_back()
    page.get_by_role("link", name="“Name one fruit.”").click()
    expect(page.get_by_role("heading", level=1, name="Name one fruit.")).to_be_visible()
    expect(page.get_by_role("heading", name="You")).to_be_visible()


def test_an_answer_leads_to_the_passages_of_one_s_documents(open_page: Open) -> None:
    """The passages are those that are found, whatever the small model makes of them; without any there is no answer."""
    page = open_page()
    title = f"Tinaja {pid()}"
    sign_in(page, "ada", "/app/documents/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill(
        f"# Jars\n\nOf bread.\n\n## Water\n\nA **{title}** keeps the drinking water cool, for clay sweats."
    )
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    until(lambda: _is_found(page, title))
    page.goto("/app/ai/ask")
    page.get_by_label("Your question").fill(f"How does a {title} keep the drinking water cool?")
    page.get_by_role("button", name="Ask", exact=True).click()
    source = page.get_by_role("link", name=title).first
    expect(source).to_be_visible(timeout=LONGEST_WAIT)
    expect(page.get_by_text("The answer is complete.")).to_be_attached(timeout=LONGEST_WAIT)
    look(page, "ask-answered")
    source.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.locator("#passage")).to_be_focused()
    page.go_back()
    expect(page.get_by_text("The answer is complete.")).to_be_attached()


def test_suggested_tags_are_taken_with_a_click(open_page: Open) -> None:
    page = open_page()
    sign_in(page, "ada", "/app/documents/new")
    page.get_by_label("Title").fill(f"Shutters and shade {pid()}")
    page.get_by_label("Text").fill("How the wooden shutters and the courtyard keep a house cool in summer.")
    page.get_by_role("button", name="Suggest tags").click()
    offered = page.get_by_role("list", name="Suggested tags").get_by_role("button")
    expect(offered.first).to_be_visible(timeout=LONGEST_WAIT)
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
    expect(page.get_by_text("Language: Spanish")).to_be_visible(timeout=LONGEST_WAIT)
    look(page, "visitor-tries-ai")


def _is_found(page: Page, title: str) -> bool:
    """A document is found by its meaning a moment after it was saved."""
    same = {"Sec-Fetch-Site": "same-origin"}
    answer = page.request.post("/api/ai/search", data={"query": title}, headers=same)
    assert answer.status == 200, answer.text()
    return any(hit["title"] == title and "meaning" in hit["found_by"] for hit in answer.json()["items"])

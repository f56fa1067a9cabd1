"""Long work with one's documents: begun where a document is, followed to its end, or cancelled."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, look, pid, sign_in

SHORT = "How the wooden shutters and the courtyard keep a house cool in summer. Close them before noon."
LONG = "\n\n".join(
    f"Day {day}. The shutters were closed before noon, and the courtyard was watered." for day in range(900)
)
LONGEST_WAIT = 240_000  # milliseconds, on a machine that does much else


@pytest.mark.timeout(900)
def test_a_document_is_summarised_to_the_end(open_page: Open) -> None:
    page = open_page()
    title = f"Shutters and shade {pid()}"
    write(page, title, SHORT)
    page.get_by_role("button", name="Use AI").click()
    look(page, "document-ai-menu")
    page.get_by_role("menuitem", name="Summarise").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(f"Summary of “{title}”")
    expect(page.get_by_text("The summary is a new document of yours.")).to_be_visible(timeout=LONGEST_WAIT)
    look(page, "ai-job-done")
    page.get_by_role("link", name="Open it").click()
    page.wait_for_url(re.compile(r"/app/documents/[0-9a-f-]{36}$"))
    expect(heading).to_have_text(f"Summary of {title}")


@pytest.mark.timeout(900)
def test_a_job_is_begun_with_a_document_that_is_searched_for_and_cancelled(open_page: Open) -> None:
    page = open_page("en", "dark", PHONE)
    title = f"Diary of the courtyard {pid()}"
    write(page, title, LONG)
    page.goto("/app/ai/jobs")
    page.get_by_role("combobox", name="Document").fill(title)
    page.get_by_role("option", name=title).click()
    look(page, "ai-job-chosen")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Summary of “{title}”")
    bar = page.get_by_role("progressbar", name=f"Progress of Summary of “{title}”")
    expect(bar).to_be_visible()
    look(page, "ai-job-running")
    page.get_by_role("link", name="All jobs").click()
    page.get_by_role("button", name=f"Cancel: Summary of “{title}”").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=f"Summary of “{title}”"))
    expect(row).to_contain_text("Cancelled")
    expect(row.get_by_role("progressbar")).to_have_count(0)
    look(page, "ai-jobs-listed")
    page.get_by_role("link", name=f"Summary of “{title}”").first.click()
    expect(page.get_by_text("This job was cancelled.")).to_be_visible()


def write(page: Page, title: str, text: str) -> None:
    """A new document of Ada's, which is open then."""
    sign_in(page, "ada", "/app/documents/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

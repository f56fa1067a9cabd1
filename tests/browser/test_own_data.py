"""One's own data is taken along, and the account deleted, by the person at the browser."""

import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, choose, look, sign_in, sign_ins_were_long_ago
from tests.journey.test_own_data import time_goes_by
from tests.support.platform import Platform


def test_the_archive_is_with_the_downloads(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    sign_in(page, "mar", "/app/account/data")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download my data").click()
    archive = tmp_path / begun.value.suggested_filename
    begun.value.save_as(archive)
    assert archive.suffix == ".zip"
    with ZipFile(archive) as opened:
        assert opened.testzip() is None
        assert "account/profile.json" in opened.namelist()
    expect(page.get_by_text("The archive is with your downloads.")).to_be_visible()
    look(page, "own-data-exported")


def test_an_account_is_deleted_until_it_is_gone(open_page: Open, stack: Platform) -> None:
    page = open_page()
    sign_in(page, "eva", "/app/account/data")
    sign_ins_were_long_ago(stack)
    page.get_by_role("button", name="Delete my account").click()
    dialog = page.get_by_role("dialog")
    confirm = dialog.get_by_role("button", name="Delete it for good")
    expect(confirm).to_be_disabled()
    look(page, "delete-account")
    wanted = (dialog.get_by_text("To confirm, type:").inner_text()).removeprefix("To confirm, type: ")
    dialog.get_by_role("textbox").fill(wanted)
    confirm.click()
    _sign_in_again(page)
    confirm.click()

    expect(page.get_by_role("heading", name="Your account is being deleted")).to_be_visible()
    for part in ("Documents", "AI", "The connection to Google"):
        row = page.get_by_role("listitem").filter(has_text=re.compile(f"^{part}"))
        expect(row).to_contain_text("Erased")
    look(page, "deletion-under-way")
    page.goto("/app/documents")
    expect(page.get_by_role("heading", name="Your account is being deleted")).to_be_visible()
    time_goes_by(stack)
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible(timeout=120_000)
    look(page, "deletion-done")


def _sign_in_again(page: Page) -> None:
    page.get_by_role("link", name="Sign in again").click()
    choose(page, "eva", "/app/account/data")

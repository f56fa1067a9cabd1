"""The administration, with real clicks: people, roles, invitations, the audit."""

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import (
    Open,
    choose,
    is_signed_out,
    look,
    pid,
    sign_in,
    sign_ins_were_long_ago,
    tables,
)
from tests.support.people import Account
from tests.support.platform import Platform
from tests.support.waiting import until

EVA = "eva@demo.example"


@pytest.fixture
def eva_waits(stack: Platform) -> Iterator[None]:
    """Afterwards Eva waits again, without a role: other tests count on it."""
    yield
    with closing(tables(stack)) as database, database:
        mine = "(SELECT id FROM users WHERE email = ?)"
        database.execute(f"DELETE FROM user_roles WHERE user_id = {mine}", (EVA,))  # noqa: S608
        database.execute("UPDATE users SET status = 'pending' WHERE email = ?", (EVA,))


def confirm(page: Page, button: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()


def sign_in_again(page: Page, account: Account) -> None:
    """By the link that the page offers, and back to the very same address."""
    here = page.url
    page.get_by_role("link", name="Sign in again").click()
    choose(page, account, urlsplit(here).path)
    assert page.url == here


@pytest.mark.usefixtures("eva_waits")
def test_a_person_is_let_in_made_administrator_and_suspended(open_page: Open, stack: Platform) -> None:
    eva, ada = open_page(), open_page()
    sign_in(eva, "eva")
    expect(eva.get_by_role("heading", name="You are in the hall")).to_be_visible()
    sign_in(ada, "ada", "/app/admin/people")
    ada.get_by_label("Status").select_option("pending")
    ada.get_by_role("searchbox").fill("lindqvist")
    ada.get_by_role("link", name="Eva Lindqvist").click()
    _let_in(ada)
    expect(eva.get_by_role("heading", name="Documents")).to_be_visible()  # the hall's page goes on by itself

    sign_ins_were_long_ago(stack)
    _make_administrator(ada)
    eva.goto("/app/admin")
    expect(eva.get_by_role("navigation", name="Administration")).to_be_visible()

    _suspend(ada)
    until(lambda: is_signed_out(eva))
    eva.goto("/app/documents")
    expect(eva.get_by_role("link", name="Sign in to go on")).to_be_visible()
    ada.get_by_role("button", name="Reactivate").click()
    confirm(ada, "Reactivate")
    expect(ada.get_by_text("The account is active.")).to_be_focused()


def _let_in(page: Page) -> None:
    page.get_by_role("button", name="Let in").click()
    expect(page.get_by_role("dialog")).to_contain_text("has not confirmed the e-mail address")
    look(page, "admin-let-in")
    confirm(page, "Let in")
    expect(page.get_by_text("The account is active.")).to_be_focused()
    expect(page.get_by_text("Account approved")).to_be_visible()
    look(page, "admin-person-active")


def _make_administrator(page: Page) -> None:
    page.get_by_label("admin", exact=True).check()
    page.get_by_role("button", name="Change roles…").click()
    expect(page.get_by_role("dialog")).to_contain_text("Given: admin.")
    confirm(page, "Change roles")
    expect(page.get_by_role("alert")).to_contain_text("Sign in again first")
    look(page, "admin-sign-in-again")
    sign_in_again(page, "ada")
    expect(page.get_by_role("dialog")).to_contain_text("Given: admin.")
    confirm(page, "Change roles")
    expect(page.get_by_text("Their roles are changed.")).to_be_focused()
    expect(page.get_by_text("Role “admin” given")).to_be_visible()


def _suspend(page: Page) -> None:
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_role("dialog")).to_contain_text("signed out everywhere within two seconds")
    look(page, "admin-suspend")
    confirm(page, "Suspend")
    expect(page.get_by_text("The account is suspended.")).to_be_focused()
    expect(page.get_by_text("Account suspended")).to_be_visible()


def test_the_last_administrator_stays_one(open_page: Open, stack: Platform) -> None:
    with closing(tables(stack)) as database:
        held = "SELECT count(*) FROM user_roles JOIN users ON id = user_id WHERE role = 'admin'"
        others = database.execute(f"{held} AND email != 'ada@demo.example'").fetchone()
    assert others == (0,)
    page = open_page()
    sign_in(page, "ada", "/app/admin/people")
    page.get_by_role("searchbox").fill("ada@demo")
    page.get_by_role("link", name="Ada Zubiri").click()
    expect(page.get_by_text("This is you.")).to_be_visible()
    page.get_by_label("admin", exact=True).uncheck()
    page.get_by_role("button", name="Change roles…").click()
    expect(page.get_by_role("dialog")).to_contain_text("This is you: the pages for people close")
    confirm(page, "Change roles")
    expect(page.get_by_role("alert")).to_contain_text("One administrator always remains")
    look(page, "admin-last-one")


def test_a_role_is_made_changed_and_removed(open_page: Open) -> None:
    page, name = open_page(), f"r-{pid()}"
    sign_in(page, "ada", "/app/admin/roles")
    page.get_by_role("button", name="Make a role").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("See the models").check()
    look(page, "admin-role-new")
    confirm(page, "Make the role")
    expect(page.get_by_text(f"The role “{name}” is made.")).to_be_focused()
    column = _column(page, name)
    expect(_cell(page, "models:read", column)).to_contain_text("allowed")

    page.get_by_role("button", name=f"Change the role {name}").click()
    page.get_by_label("See the models").uncheck()
    page.get_by_label("Read the audit log").check()
    confirm(page, "Change the role")
    expect(page.get_by_text(f"The role “{name}” is changed.")).to_be_focused()
    expect(_cell(page, "models:read", column)).to_contain_text("no")
    expect(_cell(page, "audit:read", column)).to_contain_text("allowed")

    page.get_by_role("button", name=f"Remove the role {name}").click()
    look(page, "admin-role-remove")
    confirm(page, "Remove the role")
    expect(page.get_by_text(f"The role “{name}” is removed.")).to_be_focused()
    expect(page.get_by_role("columnheader", name=name)).to_have_count(0)


def _column(page: Page, role: str) -> int:
    expect(page.get_by_role("columnheader", name=role)).to_be_visible()
    heads = page.get_by_role("columnheader").all_inner_texts()
    return next(n for n, head in enumerate(heads) if head.startswith(role))


def _cell(page: Page, permission: str, column: int) -> Locator:
    return page.get_by_role("row").filter(has_text=permission).locator("th, td").nth(column)


def test_an_invitation_is_made_shown_once_and_withdrawn(open_page: Open, stack: Platform) -> None:
    page, address = open_page(), f"guest-{pid()}@casa.example"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "ada", "/app/admin/invitations")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("The link works for").select_option("30")
    look(page, "admin-invite")
    confirm(page, "Make the link")
    link = page.get_by_role("textbox", name="Link").input_value()
    assert link.startswith(f"{stack.url}/app/invitations/")
    look(page, "admin-invitation-link")
    confirm(page, "Copy the link")
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    confirm(page, "I have it")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert link not in page.content()

    row = page.get_by_role("listitem").filter(has_text=address)
    expect(row).to_contain_text("Open")
    expect(row).to_contain_text("invited by Ada Zubiri")
    row.get_by_role("button", name=re.compile("^Withdraw")).click()
    look(page, "admin-withdraw")
    confirm(page, "Withdraw")
    expect(page.get_by_text("The invitation is withdrawn.")).to_be_focused()
    expect(page.get_by_text(address)).to_have_count(0)


def test_the_audit_is_searched_and_saved(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    sign_in(page, "mar")
    page.context.clear_cookies()
    sign_in(page, "ada", "/app/admin/audit")
    page.get_by_label("Person").fill("MAR@demo.example")
    page.get_by_label("What happened").select_option("sign_in.succeeded")
    page.get_by_role("button", name="Search").click()
    names = page.locator("main ol").get_by_role("link", name="Mar Olmedo")
    expect(names.first).to_be_visible()
    expect(page.locator("main ol").get_by_role("link", name="Ada Zubiri")).to_have_count(0)
    look(page, "admin-audit-found")

    with page.expect_download() as download:
        page.get_by_role("link", name="Save as CSV").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert {row["action"] for row in rows} == {"sign_in.succeeded"}
    assert len({row["actor"] for row in rows}) == 1

    page.goto("/app/admin/audit")
    expect(page.get_by_text("Audit exported").first).to_be_visible()
    page.get_by_text("Particulars").first.click()
    page.locator("details[open] a").click()
    expect(page.locator("main ol > li")).to_have_count(1)
    expect(page.get_by_label("Request id")).not_to_have_value("")

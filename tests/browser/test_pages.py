"""Every page in both languages, light and dark, wide and narrow; and with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Scheme, arrive, look, sign_in

LOOKS: list[tuple[str, Scheme, dict[str, int]]] = [
    ("es", "light", DESKTOP),
    ("es", "dark", PHONE),
    ("en", "dark", DESKTOP),
    ("en", "light", PHONE),
]
PUBLIC = {
    "landing": "/",
    "errors": "/docs/errors",
    "error": "/docs/errors/changed-meanwhile",
    "unknown-error": "/docs/errors/nothing-like-it",
    "sign-in-refused": "/auth/callback?state=unknown",
}
SIGNED_IN = {
    "documents": "/app/documents",
    "new": "/app/documents/new",
    "chat": "/app/ai",
    "meaning": "/app/ai/search",
    "meaning-found": "/app/ai/search?q=a+cool+house",
    "ask": "/app/ai/ask",
    "jobs": "/app/ai/jobs",
    "usage": "/app/ai/usage",
    "account": "/app/account",
    "devices": "/app/account/devices",
    "tokens": "/app/account/tokens",
    "programs": "/app/account/programs",
    "connect": "/app/device?user_code=BCDF-GHJK",
    "token-new": "/app/account/tokens/new",
    "history": "/app/account/history",
    "google": "/app/account/google",
    "data": "/app/account/data",
    "invitation": "/app/invitations/a-code",
    "no-such-document": "/app/documents/00000000-0000-7000-8000-000000000000",
    "no-such-page": "/app/nowhere",
}
ADMINISTRATION = {
    "admin-overview": "/app/admin/overview",
    "admin-people": "/app/admin/people",
    "admin-nobody": "/app/admin/people?q=nobody-is-called-that",
    "admin-person-gone": "/app/admin/people/00000000-0000-7000-8000-000000000000",
    "admin-roles": "/app/admin/roles",
    "admin-invitations": "/app/admin/invitations",
    "admin-audit": "/app/admin/audit",
    "admin-ai": "/app/admin/ai",
    "admin-ai-nobody": "/app/admin/ai?q=nobody-is-called-that",
    "admin-ai-budgets": "/app/admin/ai/budgets",
    "admin-audit-nothing": "/app/admin/audit?action=keys.&to=2020-01-01",
}


def label(value: object) -> str | None:
    return str(value["width"]) if isinstance(value, dict) else None


@pytest.mark.parametrize(("locale", "scheme", "viewport"), LOOKS, ids=label)
def test_public_pages(open_page: Open, locale: str, scheme: Scheme, viewport: dict[str, int]) -> None:
    look_at(open_page(locale, scheme, viewport), PUBLIC, f"{locale}-{scheme}-{viewport['width']}")


@pytest.mark.parametrize(("locale", "scheme", "viewport"), LOOKS, ids=label)
def test_pages_of_a_member(open_page: Open, locale: str, scheme: Scheme, viewport: dict[str, int]) -> None:
    page = open_page(locale, scheme, viewport)
    sign_in(page, "ada")
    look_at(page, SIGNED_IN, f"{locale}-{scheme}-{viewport['width']}")


@pytest.mark.parametrize(("locale", "scheme", "viewport"), LOOKS, ids=label)
def test_pages_of_an_administrator(
    open_page: Open, locale: str, scheme: Scheme, viewport: dict[str, int]
) -> None:
    page = open_page(locale, scheme, viewport)
    sign_in(page, "ada")
    me = page.evaluate("fetch('/api/account').then(answer => answer.json())")["id"]
    hers = {"admin-person": f"/app/admin/people/{me}", "admin-ai-person": f"/app/admin/ai/people/{me}"}
    pages = ADMINISTRATION | hers
    look_at(page, pages, f"{locale}-{scheme}-{viewport['width']}")


@pytest.mark.parametrize(("locale", "scheme", "viewport"), LOOKS, ids=label)
def test_the_administration_is_not_open_to_a_member(
    open_page: Open, locale: str, scheme: Scheme, viewport: dict[str, int]
) -> None:
    page = open_page(locale, scheme, viewport)
    sign_in(page, "mar")
    pages = {"admin-not-open": "/app/admin", "admin-people-not-open": "/app/admin/people"}
    look_at(page, pages, f"{locale}-{scheme}-{viewport['width']}")
    told = {"en": "This room is not open to you", "es": "Esta habitación no está abierta para ti"}
    expect(page.get_by_role("heading", name=told[locale], level=1)).to_be_visible()


def look_at(page: Page, pages: dict[str, str], variant: str) -> None:
    for name, path in pages.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", variant[:2])
        look(page, f"{name}-{variant}")


@pytest.mark.parametrize(("locale", "scheme", "viewport"), LOOKS, ids=label)
def test_the_gateways_own_page(
    open_page: Open, locale: str, scheme: Scheme, viewport: dict[str, int]
) -> None:
    """It says the same in both languages: nginx does not choose."""
    page = open_page(locale, scheme, viewport)
    page.goto("/nowhere")
    expect(page.get_by_text("No hay nada en esta dirección.")).to_be_visible()
    expect(page.get_by_text("There is nothing at this address.")).to_be_visible()
    look(page, f"gateway-404-{locale}-{scheme}-{viewport['width']}")


def test_the_api_reference_shows_both_services(open_page: Open) -> None:
    page = open_page()
    page.goto("/api/docs")
    expect(page.get_by_text("List the samples that anyone may read").first).to_be_visible()
    page.get_by_label("Service").select_option("backend")
    expect(page.get_by_text("Who I am and what I may do")).to_be_visible()
    page.screenshot(path="artifacts/screenshots/api-docs.png")


def test_the_narrowest_window_shows_all(open_page: Open) -> None:
    page = open_page(viewport={"width": 320, "height": 600})
    sign_in(page, "ada")
    inside = [*SIGNED_IN.values(), *ADMINISTRATION.values()]
    for path in (
        "/",
        *(path for path in inside if "00000000" not in path and "?" not in path),
        "/docs/errors",
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look(page, f"narrow{path.replace('/', '-')}")


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = open_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_visible()
    assert (skip.get_attribute("href") or "").startswith("#")
    page.keyboard.press("Enter")
    page.goto("/auth/login?next=/app/documents/new")
    page.locator('button[name="account"][value="mar"]').focus()
    page.keyboard.press("Enter")
    arrive(page, "/app/documents/new")
    page.get_by_label("Title").focus()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()


def test_language_and_colours_are_chosen_and_kept(open_page: Open) -> None:
    page = open_page("en", "light")
    sign_in(page, "mar", "/app/account")
    page.get_by_label("Language").select_option("es")
    expect(page.get_by_role("heading", name="Cuenta", level=1)).to_be_visible()
    page.get_by_label("Colores").select_option("dark")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.goto("/app/account")
    expect(page.get_by_role("heading", name="Cuenta", level=1)).to_be_visible()
    assert page.evaluate(ground) == dark

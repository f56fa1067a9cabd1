"""What the code has, the documents tell: settings, problem types, secrets."""

import re
from pathlib import Path

import pytest

from ai import problems as ai
from ai.settings import Settings as AISettings
from backend.google import refusals as google
from backend.sessions import fresh
from backend.settings import BackendSettings
from backend.sign_in import refusals
from demo_idp.settings import DemoSettings
from documents.settings import Settings as DocumentsSettings
from scripts.shell import ROOT
from scripts.stack import COMMON, PER_SERVICE, SYSTEM, WITH_EVENTS
from servicekit import problems
from servicekit.problems import Problem
from servicekit.settings import Settings

ERRORS = ROOT / "docs" / "errors"
READMES = ("README.md", "README.es.md")


def table(file: Path, heading: str) -> set[str]:
    """The names in code type in the first column of the tables under a heading."""
    section = file.read_text(encoding="utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def settings_in_code() -> set[str]:
    """What services read, what they are passed, and what `make up` itself reads of the deployer's settings."""
    kinds: tuple[type[Settings], ...] = (BackendSettings, DocumentsSettings, AISettings, DemoSettings)
    read = {name.upper() for kind in kinds for name in kind.model_fields}
    passed = set(SYSTEM) | set(COMMON) | {name for names in PER_SERVICE.values() for name in names}
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "scripts").glob("*.py"))
    looked_up = set(re.findall(r"settings\.get\(\s*\"([A-Z_]+)\"", text))
    of_services = {
        f"{name.upper()}_{what}" for name in WITH_EVENTS for what in ("DATABASE_URL", "BROKER_URL")
    }
    return read | passed | looked_up | of_services


@pytest.mark.parametrize(("name", "heading"), [("README.md", "Settings"), ("README.es.md", "Ajustes")])
def test_every_setting_is_documented_and_every_documented_setting_exists(name: str, heading: str) -> None:
    assert table(ROOT / name, heading) == settings_in_code()


def titles_in_python() -> dict[str, str]:
    modules = (problems, refusals, fresh, google, ai)
    kinds = [kind for module in modules for kind in vars(module).values()]
    return {kind.slug: kind.title for kind in kinds if isinstance(kind, type) and issubclass(kind, Problem)}


def titles_at_the_gateway() -> dict[str, str]:
    text = (ROOT / "nginx" / "snippets" / "problems.conf").read_text(encoding="utf-8")
    block = re.search(r"map \$problem \$problem_title \{(.*?)\n\}", text, re.DOTALL)
    assert block
    found = dict(re.findall(r"^ +([a-z-]+) +\"(.+)\";", block[1], re.MULTILINE))
    return {"bad-request" if slug == "default" else slug: title for slug, title in found.items()}


def slugs_with_pages(suffix: str) -> set[str]:
    pages = (file.name for file in ERRORS.glob(f"*{suffix}"))
    return {name.removesuffix(suffix) for name in pages if name.count(".") == suffix.count(".")}


def test_a_problem_has_one_title_wherever_it_is_told() -> None:
    """RFC 9457, section 3.1.3."""
    python, gateway = titles_in_python(), titles_at_the_gateway()
    both = python.keys() & gateway.keys()
    assert "unauthenticated" in both
    assert {slug: gateway[slug] for slug in both} == {slug: python[slug] for slug in both}


@pytest.mark.parametrize("suffix", [".md", ".es.md"])
def test_every_problem_has_its_page_in_both_languages_and_every_page_its_problem(suffix: str) -> None:
    assert slugs_with_pages(suffix) == titles_in_python().keys() | titles_at_the_gateway().keys()


def test_the_list_of_problems_names_each() -> None:
    listed = set(
        re.findall(r"errors/([a-z-]+)\.md", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"))
    )
    assert listed == slugs_with_pages(".md")


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{3}-[^)]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {file.name for file in folder.glob("[0-9]*.md")}


LINK = re.compile(r"\]\(([^)#\s]+)")


def documents() -> list[Path]:
    patterns = ("*.md", "cli/*.md", "docs/**/*.md", "nginx/*.md", "secrets/*.md")
    return sorted(file for pattern in patterns for file in ROOT.glob(pattern))


@pytest.mark.parametrize("file", documents(), ids=lambda file: str(file.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(file: Path) -> None:
    local = [link for link in LINK.findall(file.read_text(encoding="utf-8")) if "://" not in link]
    broken = [
        link for link in local if not (file.parent / link).exists() and not link.startswith(("/", "mailto:"))
    ]
    assert broken == []

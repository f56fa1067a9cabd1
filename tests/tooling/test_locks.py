"""Locks: every Python package with its hashes, nowhere the address of a registry."""

import re
from pathlib import Path

import pytest

from scripts.shell import ROOT

REQUIREMENTS = sorted(
    path
    for pattern in (
        "requirements.txt",
        "backend/requirements.txt",
        "compose/requirements.txt",
        "services/*/requirements.txt",
    )
    for path in ROOT.glob(pattern)
)
NODE_LOCKS = [ROOT / "frontend" / "package-lock.json", ROOT / "frontend" / "tools" / "package-lock.json"]


def pins(path: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Each package's version and hashes; on which platforms it is wanted is left out."""
    text = path.read_text().replace("\\\n", " ")
    lines = (line for line in text.splitlines() if line and not line.lstrip().startswith("#"))
    return {name: _pin(rest) for name, _, rest in (line.partition("==") for line in lines)}


def _pin(text: str) -> tuple[str, frozenset[str]]:
    return text.split(maxsplit=1)[0], frozenset(re.findall(r"--hash=sha256:[0-9a-f]{64}", text))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", REQUIREMENTS, ids=name_of)
def test_every_package_is_pinned_with_hashes(path: Path) -> None:
    unhashed = [name for name, (_, hashes) in pins(path).items() if not hashes]
    assert pins(path)
    assert unhashed == []


@pytest.mark.parametrize("path", REQUIREMENTS[1:], ids=name_of)
def test_a_service_gets_exactly_what_is_tested(path: Path) -> None:
    assert pins(path).items() <= pins(ROOT / "requirements.txt").items()


@pytest.mark.parametrize("path", [*REQUIREMENTS, *NODE_LOCKS], ids=name_of)
def test_no_registry_is_named(path: Path) -> None:
    text = path.read_text()
    assert not re.search(
        r'index-url|find-links|"resolved":|https?://[^"\s]*(?:pypi|registry|\.tgz|\.whl)', text
    )

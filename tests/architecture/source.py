"""The project's Python as the tests of its structure see it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.shell import ROOT

SERVICES = {"backend": ROOT / "backend", **{p.name: p for p in (ROOT / "services").iterdir() if p.is_dir()}}
LIBRARY = ROOT / "libs" / "servicekit"
COMMAND_LINE = ROOT / "cli" / "zaguan"


def modules(folder: Path) -> Iterator[Path]:
    """The Python files that run in production: no tests."""
    return (file for file in sorted(folder.rglob("*.py")) if "tests" not in file.relative_to(folder).parts)


def imported(file: Path) -> set[str]:
    """The full names of what a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def attributes(file: Path) -> set[str]:
    """Every dotted name that a file uses, such as `os.environ`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

"""`make lint`: styles and types of every language, two checks at a time, whole output under artifacts/.

The rules of nginx's configuration need it rendered: they are tests, in tests/gateway/.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts import console
from scripts.console import Failure
from scripts.shell import ROOT

ARTIFACTS = ROOT / "artifacts"
BIN = ROOT / ".venv" / "bin"
PYTHON_SOURCES = (
    "conftest.py",
    "backend",
    "bench",
    "cli/zaguan",
    "compose",
    "libs/servicekit",
    "scripts",
    "services/ai",
    "services/documents",
    "services/demo_idp",
    "tests",
)


@dataclass(frozen=True)
class Check:
    """A command that exits with 0 when all is well."""

    title: str
    argv: tuple[str, ...]

    @property
    def log(self) -> Path:
        return ARTIFACTS / f"{self.title.replace(' ', '-')}.log"

    def passes(self) -> bool:
        """Run it, all output into its log."""
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        with self.log.open("wb") as log:
            environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "CI": "1"}
            done = subprocess.run(
                self.argv,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
        return done.returncode == 0


def python(title: str, *argv: str) -> Check:
    return Check(title, (sys.executable, "-m", *argv))


def npm(title: str, *argv: str) -> Check:
    return Check(title, ("npm", "--prefix", "frontend", "run", "--silent", *argv))


def dockerfiles() -> tuple[str, ...]:
    tops = (
        "backend",
        "compose",
        "frontend",
        "nginx",
        "services/ai",
        "services/documents",
        "services/demo_idp",
    )
    return tuple(f"{top}/Dockerfile" for top in tops)


CHECKS = (
    npm("app lint", "lint"),
    python("python types", "mypy", *PYTHON_SOURCES),
    python("python lint", "ruff", "check", "--no-fix", "."),
    python("python format", "ruff", "format", "--check", "."),
    npm("app format", "format:check"),
    npm("app types from contracts", "generate:check"),
    npm("size of the landing page", "check:size"),
    Check("dockerfiles", ("hadolint", *dockerfiles())),
)


def main() -> int:
    if failed := run(CHECKS):
        raise Failure(f"{len(failed)} of the checks failed: {', '.join(failed)}")
    return 0


def run(wanted: Iterable[Check]) -> list[str]:
    """Run all, tell each with its time and what it found if it failed. The titles of those that failed."""
    ARTIFACTS.mkdir(exist_ok=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        return [title for title in pool.map(_tell, wanted) if title]


def _tell(check: Check) -> str | None:
    began = time.monotonic()
    passed = check.passes()
    found = "" if passed else f"\n{check.log.read_text(errors='replace').rstrip()}\n"
    seconds = time.monotonic() - began
    print(
        f"  {'✓' if passed else '✗'} {check.title:<{console.TITLE_WIDTH}}{seconds:6.1f} s{found}", flush=True
    )
    return None if passed else check.title


if __name__ == "__main__":
    console.run(main)

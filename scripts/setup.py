"""Makes a fresh checkout ready: Python and Node packages, the app, and what the system must have.

    python3 -m scripts.setup [--tests] [--generator]

Run by the system's own Python, standard library only. Each step keeps the hash of what it was made from:
a second run does nothing, needs no network and takes a moment.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import console, programs
from scripts.console import Failure, step
from scripts.shell import LOG, ROOT, Unreachable, run
from scripts.stamps import fingerprint, is_made_from

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_PYTHON = (3, 11)
NEEDED_DISK = 1_500_000_000  # bytes, for everything from nothing
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
REQUIREMENTS = ROOT / "requirements.txt"
CONVERSION = ROOT / "services" / "ai" / "conversion"

# What the app is built from, beside its own folder: it shows the documents and is typed by the contracts.
APP_SOURCES = (FRONTEND, ROOT / "docs" / "errors", ROOT / "contracts")
NOT_SOURCES = {"node_modules", "dist", "coverage"}

# The registry sometimes stalls in the middle of a download: give up on it early, and try again.
NPM_OPTIONS = ("--no-audit", "--no-fund", "--prefer-offline", "--fetch-timeout=30000", "--fetch-retries=4")
NPM_ATTEMPTS, NPM_TIMEOUT = 3, 300


def main() -> int:
    arguments = _arguments()
    _check_python()
    with _alone():
        _system_programs(for_tests=arguments.tests)
        _python_packages()
        _models()
        _node_packages(FRONTEND, "Node packages")
        if arguments.tests or arguments.generator:
            _node_packages(FRONTEND / "tools", "Node packages of the generator")
        _app()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m scripts.setup")
    parser.add_argument("--tests", action="store_true", help="also what only the tests need")
    parser.add_argument("--generator", action="store_true", help="also what generates the typed client")
    return parser.parse_args()


def _check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise Failure(
            f"Python {platform.python_version()} is too old: 3.11 or newer is needed. "
            "If it is installed under another name: make up PYTHON=python3.12"
        )


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in this checkout; a second one waits and then finds the work done."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  Waiting for another set-up of this checkout …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _python_packages() -> None:
    wanted = fingerprint([REQUIREMENTS], platform.python_version(), str(ROOT))
    stamp = VENV / "made-from"
    if PYTHON.exists() and is_made_from(stamp, wanted):
        return
    _check_disk()
    stamp.unlink(missing_ok=True)
    if importlib.util.find_spec("ensurepip") is None:
        programs.install(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if not _venv_works():
        with step("Python environment"):
            run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    with step("Python packages"):
        pip = [str(VENV / "bin" / "pip"), "--disable-pip-version-check", "--retries=2", "install"]
        # The lock is complete: an older pip, left to look for itself, asks for what was published since.
        locked = ("--no-deps", "--require-hashes", "-r", str(REQUIREMENTS))
        run([*pip, "--prefer-binary", "--progress-bar=off", *locked])
    stamp.write_text(wanted)


def _models() -> None:
    """What the AI service is made ready with, in the Python environment: a new one asks for it again."""
    wanted = fingerprint([REQUIREMENTS, *sorted(CONVERSION.glob("*.py"))])
    stamp = VENV / "share" / "zaguan" / "made-from"
    if is_made_from(stamp, wanted):
        return
    programs.wish(programs.APERTIUM, without="the AI service finds Spanish texts less well")
    with step("Model of embeddings"):
        path = os.pathsep.join(str(ROOT / folder) for folder in ("libs", "services"))
        run([str(PYTHON), "-m", "ai.conversion"], env={"PYTHONPATH": path})
    stamp.write_text(wanted)


def _venv_works() -> bool:
    """Whether it is there, at this place, of this Python: a moved one is not worth repairing."""
    program = "import pip, platform, sys; print(platform.python_version(), sys.prefix)"
    try:
        told = subprocess.run(
            [str(PYTHON), "-c", program], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return False
    return told.strip() == f"{platform.python_version()} {VENV}"


def _node_packages(folder: Path, title: str) -> None:
    wanted = fingerprint([folder / "package.json", folder / "package-lock.json"])
    stamp = folder / "node_modules" / ".made-from"
    if is_made_from(stamp, wanted):
        return
    with step(title):
        _npm_ci(folder)
    stamp.write_text(wanted)


def _npm_ci(folder: Path) -> None:
    for attempt in range(1, NPM_ATTEMPTS + 1):
        try:
            run(
                [str(VENV / "bin" / "npm"), "ci", *NPM_OPTIONS],
                cwd=folder,
                env=_with_node(),
                timeout=NPM_TIMEOUT,
            )
        except Unreachable:
            if attempt == NPM_ATTEMPTS:
                raise
        else:
            return


def _app() -> None:
    wanted = fingerprint(sorted(_sources()))
    stamp = FRONTEND / "node_modules" / ".app-made-from"
    if (FRONTEND / "dist" / "index.html").exists() and is_made_from(stamp, wanted):
        return
    stamp.unlink(missing_ok=True)
    with step("Build the app"):
        run([str(VENV / "bin" / "npm"), "run", "build"], cwd=FRONTEND, env=_with_node())
    stamp.write_text(wanted)


def _system_programs(*, for_tests: bool) -> None:
    tested_with = (
        programs.MARIADB,
        programs.CHROMIUM,
        programs.FAKETIME,
        programs.PROMTOOL,
        programs.APERTIUM,
    )
    programs.ensure(programs.NGINX, *(tested_with if for_tests else ()))
    programs.check_nginx()


def _with_node() -> dict[str, str]:
    """The environment in which npm finds this Node first, and colours nothing."""
    return {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1", "CI": "1"}


def _sources() -> Iterator[Path]:
    for top in APP_SOURCES:
        for folder, folders, files in os.walk(top):
            folders[:] = [name for name in folders if name not in NOT_SOURCES]
            yield from (Path(folder) / name for name in files if not name.endswith(".tsbuildinfo"))


def _check_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_DISK and not VENV.exists():
        raise Failure(f"{free / 1e9:.1f} GB are free on this disk; {NEEDED_DISK / 1e9:.1f} GB are needed.")


if __name__ == "__main__":
    console.run(main)

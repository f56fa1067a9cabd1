"""Docker Compose as the tools call it: the project of this checkout, as the environment and `.env` describe it."""

import subprocess
from typing import IO

from scripts.console import Failure
from scripts.shell import ROOT


def compose(*words: str, given: IO[bytes] | None = None, into: IO[bytes] | None = None) -> None:
    """Run `docker compose …`, its files from and into those given; a Failure in one line when it fails."""
    command = ("docker", "compose", *words)
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=given or subprocess.DEVNULL,
        stdout=into or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    _check(command, done.returncode, done.stderr)


def told(*words: str) -> list[str]:
    """The lines that `docker …` prints."""
    command = ("docker", *words)
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    _check(command, done.returncode, done.stderr)
    return done.stdout.decode().splitlines()


def _check(command: tuple[str, ...], code: int, errors: bytes) -> None:
    if code:
        lines = [line for line in errors.decode(errors="replace").splitlines() if line.strip()]
        raise Failure(f"{' '.join(command)}: {lines[-1] if lines else f'exit code {code}'}")

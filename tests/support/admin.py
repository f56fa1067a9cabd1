"""The administrator's command line, run against a platform under test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.shell import ROOT
from tests.support.platform import Platform


def run(platform: Platform, *words: str) -> str:
    """What `python -m backend.admin …` prints; fails when the command does."""
    with running(platform, *words) as command:
        told, errors = command.communicate()
        assert command.returncode == 0, errors
    return told


@contextmanager
def running(platform: Platform, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command while it works; it ends with the block at the latest."""
    with subprocess.Popen(
        (sys.executable, "-m", "backend.admin", *words),
        cwd=ROOT,
        env=platform.stack.environment("backend"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        try:
            yield command
        finally:
            command.kill()

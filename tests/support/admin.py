"""The administrator's command line, run against a platform under test."""

import subprocess
import sys

from scripts.stack import ROOT
from tests.support.platform import Platform


def run(platform: Platform, *words: str) -> str:
    """What `python -m backend.admin …` prints; fails when the command does."""
    command = (sys.executable, "-m", "backend.admin", *words)
    environment = platform.stack.environment("backend")
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout

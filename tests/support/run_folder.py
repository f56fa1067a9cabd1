"""One temporary folder per test run, known to all its workers; short, for the limit on socket paths."""

import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "ZAGUAN_TEST_RUN"


def make() -> Path:
    """Called by the process that begins the run; its workers inherit the variable."""
    folder = Path(tempfile.mkdtemp(prefix="zgn-"))
    os.environ[VARIABLE] = str(folder)
    return folder


def path() -> Path:
    return Path(os.environ[VARIABLE])


def remove() -> None:
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)

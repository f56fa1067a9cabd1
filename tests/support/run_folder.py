"""One temporary folder per test run, known to all its workers; short, for the limit on socket paths."""

import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "ZAGUAN_TEST_RUN"
TEMPORARY = "PYTEST_DEBUG_TEMPROOT"  # where pytest makes each test's tmp_path
MEMORY = Path("/dev/shm")
WANTED = 2_000_000_000  # bytes; a run takes some hundred millions


def make(place: Path | None = None) -> Path:
    """Called by the process that begins the run; its workers inherit the variable."""
    folder = Path(tempfile.mkdtemp(prefix="zgn-", dir=place))
    os.environ[VARIABLE] = str(folder)
    return folder


def make_in_memory() -> Path:
    """Where there is room for it: databases wait for the disk at each commit, and nothing here outlives the run."""
    folder = make(MEMORY if _has_room(MEMORY) else None)
    os.environ[TEMPORARY] = str(folder)
    return folder


def _has_room(place: Path) -> bool:
    if not os.access(place, os.W_OK):
        return False
    told = os.statvfs(place)
    return told.f_bavail * told.f_frsize > WANTED and not told.f_flag & os.ST_NOEXEC


def path() -> Path:
    return Path(os.environ[VARIABLE])


def remove() -> None:
    os.environ.pop(TEMPORARY, None)
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)

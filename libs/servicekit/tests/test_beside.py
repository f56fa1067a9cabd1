"""A process beside another: started again when it ends, gone when the other goes."""

import os
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from servicekit import beside as module
from servicekit.beside import beside
from tests.support.waiting import until

NOTE = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + NOTE


def test_what_dies_is_started_again_and_ends_with_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.05)
    starts = tmp_path / "starts"
    with capture_logs() as told, beside((sys.executable, "-c", NOTE, str(starts))):
        until(lambda: len(pids(starts)) == 1)
        os.kill(pids(starts)[0], 9)
        until(lambda: len(pids(starts)) == 2)
    assert [pid for pid in pids(starts) if is_there(pid)] == []
    assert [(entry["log_level"], entry["how"]) for entry in told] == [("warning", "SIGKILL")]


def test_what_does_not_end_by_itself_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "END_WITHIN", 0.3)
    starts = tmp_path / "starts"
    with beside((sys.executable, "-c", STUBBORN, str(starts))):
        until(lambda: len(pids(starts)) == 1)
    assert not is_there(pids(starts)[0])


def pids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

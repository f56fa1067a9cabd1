"""The file of credentials: private, whole, changed by one process at a time."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from zaguan.failures import Failure
from zaguan.store import PrivateFile

CLI = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path: Path) -> PrivateFile:
    return PrivateFile(tmp_path / "config" / "zaguan" / "credentials.json")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_reads_it_whatever_the_umask(file: PrivateFile) -> None:
    before = os.umask(0)
    try:
        with file.changing() as content:
            content["a"] = 1
    finally:
        os.umask(before)
    assert (mode(file.path), mode(file.path.parent)) == (0o600, 0o700)
    assert {mode(other) for other in file.path.parent.iterdir()} == {0o600}
    assert file.read() == {"a": 1}


def test_a_folder_and_a_file_that_were_open_are_closed(file: PrivateFile) -> None:
    file.path.parent.mkdir(parents=True)
    file.path.parent.chmod(0o755)
    file.path.write_text("{}")
    file.path.chmod(0o644)
    with file.changing() as content:
        content["a"] = 1
    assert (mode(file.path), mode(file.path.parent)) == (0o600, 0o700)


def test_what_is_not_there_is_empty_and_nothing_is_written_for_nothing(file: PrivateFile) -> None:
    assert file.read() == {}
    with file.changing():
        pass
    assert not file.path.exists()


def test_a_change_that_fails_changes_nothing(file: PrivateFile) -> None:
    with file.changing() as content:
        content["a"] = 1
    with pytest.raises(RuntimeError):
        _half_a_change(file)
    assert file.read() == {"a": 1}
    assert sorted(path.name for path in file.path.parent.iterdir()) == [
        "credentials.json",
        "credentials.lock",
    ]


def _half_a_change(file: PrivateFile) -> None:
    with file.changing() as content:
        content["a"] = 2
        raise RuntimeError


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"\xff", b'{"a"'])
def test_a_broken_file_is_told_and_not_overwritten(file: PrivateFile, content: bytes) -> None:
    file.path.parent.mkdir(parents=True)
    file.path.write_bytes(content)
    with pytest.raises(Failure, match="Remove it"), file.changing():
        pass
    assert file.path.read_bytes() == content


COUNT = """\
import sys
from pathlib import Path
from zaguan.store import PrivateFile
for _ in range(50):
    with PrivateFile(Path(sys.argv[1])).changing() as content:
        content["n"] = content.get("n", 0) + 1
"""


def test_processes_change_it_one_after_the_other(file: PrivateFile) -> None:
    command = [sys.executable, "-c", COUNT, str(file.path)]
    running = [subprocess.Popen(command, cwd=CLI) for _ in range(4)]
    assert [process.wait(timeout=120) for process in running] == [0] * 4
    assert file.read() == {"n": 200}


SLOW = """\
import signal, sys, time
from pathlib import Path
from zaguan.store import PrivateFile
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests in the background has it ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
with PrivateFile(Path(sys.argv[1])).changing() as content:
    print("inside", flush=True)
    time.sleep(0.5)
    content["new"] = True
time.sleep(300)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_ends_the_process_loses_nothing(file: PrivateFile, ending: signal.Signals) -> None:
    """What the platform has given already is written first."""
    command = [sys.executable, "-c", SLOW, str(file.path)]
    with subprocess.Popen(command, cwd=CLI, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.readline() == b"inside\n"
        process.send_signal(ending)
        assert process.wait(timeout=120) != 0
    assert json.loads(file.path.read_text()) == {"new": True}

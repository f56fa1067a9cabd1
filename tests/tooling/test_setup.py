"""The set-up's failures: one line that says what to do. The real one runs before every test run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import programs, setup, shell
from scripts.console import Failure
from scripts.shell import ROOT


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    log = tmp_path / "setup.log"
    monkeypatch.setattr(shell, "LOG", log)
    return log


def shell_program(tmp_path: Path, name: str, script: str) -> Path:
    program = tmp_path / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("NewConnectionError: Failed to establish a new connection: [Errno 111]", "is there a network?"),
        ("npm error code ENOTFOUND", "is there a network?"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "ERROR: THESE PACKAGES DO NOT match the hashes: they do not match the hashes",
            "not the one that was pinned",
        ),
        ("npm error `npm ci` can only install packages when", "package-lock.json does not fit"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "NODE_EXTRA_CA_CERTS"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        ("something else", "exit code 7"),
    ],
)
def test_a_failure_is_one_line_with_the_log(tmp_path: Path, own_log: Path, said: str, told: str) -> None:
    program = shell_program(tmp_path, "tool", f"cat <<'END'\n{said}\nEND\nexit 7")
    with pytest.raises(Failure) as failure:
        shell.run([str(program)])
    assert told in str(failure.value)
    assert str(own_log) in str(failure.value)
    assert "\n" not in str(failure.value)
    assert said in own_log.read_text()


def test_what_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    program = shell_program(tmp_path, "tool", f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(shell.Unreachable, match="took too long"):
        shell.run([str(program)], timeout=1)
    child = int((tmp_path / "child").read_text())
    with pytest.raises(ProcessLookupError):
        _wait_for_end(child)


def _wait_for_end(pid: int) -> None:
    """Raises once the process is gone, or is only a name."""
    for _ in range(100):
        os.kill(pid, 0)
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError
        subprocess.run(["sleep", "0.05"], check=True)


def test_npm_is_tried_again_when_the_network_was_to_blame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = tmp_path / "tries"
    (tmp_path / "bin").mkdir()
    script = f"echo x >> {tries}; [ $(wc -l < {tries}) -ge 3 ] || {{ echo ETIMEDOUT; exit 1; }}"
    shell_program(tmp_path / "bin", "npm", script)
    monkeypatch.setattr(setup, "VENV", tmp_path)
    setup._npm_ci(tmp_path)
    assert tries.read_text() == "x\n" * 3


def test_npm_is_not_tried_again_when_the_lock_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = tmp_path / "tries"
    (tmp_path / "bin").mkdir()
    shell_program(tmp_path / "bin", "npm", f"echo x >> {tries}; echo 'npm ci` can only install'; exit 1")
    monkeypatch.setattr(setup, "VENV", tmp_path)
    with pytest.raises(Failure, match="package-lock"):
        setup._npm_ci(tmp_path)
    assert tries.read_text() == "x\n"


def test_a_python_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12, "final", 0))
    with pytest.raises(Failure, match=r"3\.11 or newer"):
        setup._check_python()


def test_a_missing_program_is_told_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # neither apt-get nor sudo
    absent = programs.Program("some-package", ("no-such-program",))
    with pytest.raises(Failure, match="sudo apt-get install -y --no-install-recommends some-package"):
        programs.ensure(absent)


def test_an_nginx_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shell_program(tmp_path, "nginx", "echo 'nginx version: nginx/1.18.0 (Ubuntu)' >&2")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Failure, match=r"too old \(1\.18\): 1\.22"):
        programs.check_nginx()


def test_all_of_the_set_up_can_be_read_by_an_old_python() -> None:
    """So that it is our line that the person reads, and not a SyntaxError."""
    folder = Path(setup.__file__).parent
    for name in ("__init__", "console", "shell", "programs", "setup"):
        compile_for_3_8 = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))"
        subprocess.run([sys.executable, "-c", compile_for_3_8, str(folder / f"{name}.py")], check=True)


@pytest.mark.parametrize("name", ["setup", "reset", "roll", "container_logs", "backup"])
def test_what_a_server_runs_needs_nothing_installed(name: str) -> None:
    """By the system's own Python, without any package."""
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[0:0] = ['.']; import scripts.{name}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_is_only_wished_for_is_named_and_does_not_stop_the_set_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(programs, "_become_root", lambda: None)
    absent = programs.Program("some-package", ("sh",), data=tmp_path / "no-such-data")
    programs.wish(absent, without="less is found")
    told = capsys.readouterr().out
    assert "less is found" in told
    assert "sudo apt-get install -y --no-install-recommends some-package" in told

"""What `make` calls on a server that has nothing but Docker, `make` and Python."""

import subprocess
import sys

import pytest

from scripts.shell import ROOT


@pytest.mark.parametrize("name", ["roll", "container_logs", "backup"])
def test_it_needs_no_package(name: str) -> None:
    """Python without its site-packages can load it."""
    command = [sys.executable, "-S", "-c", f"import scripts.{name}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("target", ["roll", "logs", "backup", "restore"])
def test_it_installs_nothing(target: str) -> None:
    command = ["make", "--dry-run", "--no-print-directory", target]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed.count("scripts.") == 1
    assert "scripts.setup" not in printed

"""`make test-compose`: the platform in containers, from a clean checkout, driven from outside. Needs Docker."""

import shutil
import subprocess
import sys

from scripts import console
from scripts.console import Failure
from scripts.shell import ROOT

TIMEOUT = 1800  # seconds a test: the first one builds the images


def main() -> int:
    _check_engine()
    arguments = sys.argv[1:] or ["tests/compose"]
    command = [sys.executable, "-m", "pytest", "--quiet", f"--timeout={TIMEOUT}", *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def _check_engine() -> None:
    if shutil.which("docker") is None:
        raise Failure("Docker is not installed: see https://docs.docker.com/engine/install/.")
    for command, what in (
        (("info",), "No Docker engine answers"),
        (("compose", "version"), "Docker has no Compose"),
    ):
        if subprocess.run(["docker", *command], capture_output=True, check=False).returncode:
            raise Failure(f"{what}: try `docker {' '.join(command)}`.")


if __name__ == "__main__":
    console.run(main)

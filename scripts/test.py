"""`make test`: lints and the app's own tests, then every Python test in parallel.

With arguments only pytest runs, and gets them: make test ARGS="-k documents -x".
"""

import os
import subprocess
import sys

from scripts import console, lint
from scripts.console import Failure
from scripts.shell import ROOT


def main() -> int:
    arguments = sys.argv[1:]
    failed = [] if arguments else lint.run([lint.npm("app tests", "test"), *lint.CHECKS])
    code = _pytest(arguments)
    if failed:
        raise Failure(f"These failed before pytest ran, see above: {', '.join(failed)}")
    return code


def _pytest(arguments: list[str]) -> int:
    print(flush=True)
    report = f"--junitxml={lint.ARTIFACTS / 'pytest.xml'}"
    parallel = [f"--numprocesses={_processes()}", "--dist=loadfile"]  # tests/support/sharing.py
    command = [sys.executable, "-m", "pytest", "--quiet", *parallel, report, *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def _processes() -> int:
    """One more than there are processors: tests wait a good part of their time."""
    return (os.cpu_count() or 1) + 1


if __name__ == "__main__":
    console.run(main)

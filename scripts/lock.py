"""`make lock`: recompiles the requirements, with hashes, for Python 3.11 and later on any platform.

The development environment is compiled first; each service's lock is then a part of it, so that what is
tested is what its image gets. Pins stay as they are unless UPGRADE=1.
"""

import os
import subprocess
import sys
from pathlib import Path

from scripts import console
from scripts.console import Failure, step
from scripts.shell import ROOT

ALL = ROOT / "requirements.in"
OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
)


def main() -> int:
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") == "1" else []
    _compile(ALL, *upgrade)
    for requirements in (*(ROOT / part / ALL.name for part in ("backend", "compose")), *_services()):
        # Its old pins must not hold against the new ones of the whole.
        requirements.with_suffix(".txt").unlink(missing_ok=True)
        _compile(requirements, "--constraint=requirements.txt")
    return 0


def _services() -> list[Path]:
    return sorted((ROOT / "services").rglob(ALL.name))


def _compile(requirements: Path, *options: str) -> None:
    source = requirements.relative_to(ROOT)
    target = source.with_suffix(".txt")
    with step(str(target)):
        uv = [str(Path(sys.executable).with_name("uv")), "pip", "compile", *OPTIONS, *options]
        done = subprocess.run(
            [*uv, str(source), f"--output-file={target}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Failure(f"{source} cannot be compiled: {done.stderr.strip()}")


if __name__ == "__main__":
    console.run(main)

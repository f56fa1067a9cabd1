"""`make contracts`: writes the OpenAPI document of each service, then the app's typed client from them."""

import os
import subprocess
import sys

from scripts import console
from scripts.console import Failure, step
from scripts.shell import ROOT
from scripts.stack import Stack

SERVICES = ("backend", "documents", "ai")


def main() -> int:
    for name in SERVICES:
        with step(f"contracts/{name}.openapi.json"):
            (ROOT / "contracts" / f"{name}.openapi.json").write_text(openapi(name), encoding="utf-8")
    with step("typed client"):
        _call(["npm", "--prefix", "frontend", "run", "--silent", "generate"], os.environ.copy())
    return 0


def openapi(name: str) -> str:
    """What the service's own `openapi` command prints."""
    stack = Stack(ROOT / "var")
    return _call([sys.executable, "-m", name, "openapi"], stack.environment(name))


def _call(command: list[str], env: dict[str, str]) -> str:
    env["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{env['PATH']}"
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    console.run(main)

"""`make admin ARGS="keys rotate"`: the backend's administration, with the environment of `make up`."""

import os
import sys

from scripts import console, dev_secrets
from scripts.settings import deployer_settings
from scripts.shell import ROOT
from scripts.stack import Stack


def main() -> int:
    stack = Stack.from_settings(deployer_settings(ROOT / ".env"), ROOT / "var", ROOT / "secrets")
    dev_secrets.ensure(stack.secrets)
    command = (sys.executable, "-m", "backend.admin", *sys.argv[1:])
    os.execve(command[0], command, stack.environment("backend"))  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    console.run(main)

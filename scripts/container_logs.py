"""`make logs`: what the containers say that is a warning or worse, in lines that a person reads, as it comes."""

import subprocess
import sys

from scripts import console
from scripts.logs import readable
from scripts.shell import ROOT


def main() -> int:
    command = ("docker", "compose", "logs", "--follow", "--no-color", "--tail=1000", *sys.argv[1:])
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        for line in process.stdout or ():
            if shown := brief(line):
                print(shown, flush=True)
    return process.returncode


def brief(line: str) -> str:
    """A line as Compose writes it, `name  | text`; empty if it need not be seen."""
    name, separator, text = line.partition("| ")
    shown = readable(text)
    return f"{name}{separator}{shown}" if shown else ""


if __name__ == "__main__":
    console.run(main)

"""The services' logs, brief: what is a warning or worse, as a line that a person can read."""

import json
from collections.abc import Iterator
from pathlib import Path

LOUD = {"warning", "error", "critical"}
# What nginx, Granian and MySQL call what need not be shown.
QUIET_MARKS = ("[notice]", "[info]", "[INFO]", "[debug]", "[System]", "[Note]")
HIDDEN = {"event", "level", "timestamp", "service", "logger"}
TAB = 10


class Follower:
    """What is written to a log from now on."""

    def __init__(self, name: str, log: Path) -> None:
        self._name = name
        self._log = log
        self._position = log.stat().st_size

    def new_lines(self) -> Iterator[str]:
        """The lines worth showing among those completed since the last call."""
        with self._log.open("rb") as file:
            file.seek(self._position)
            whole, newline, _ = file.read().rpartition(b"\n")
        self._position += len(whole) + len(newline)
        for line in whole.decode(errors="replace").splitlines():
            if shown := readable(line):
                yield f"{self._name:<{TAB}}│ {shown}"


def readable(line: str) -> str:
    """A line of a log as a person reads it; empty if it need not be seen."""
    try:
        entry = json.loads(line)
    except ValueError:
        return "" if any(mark in line for mark in QUIET_MARKS) else line.rstrip()
    if not isinstance(entry, dict) or entry.get("level") not in LOUD:
        return ""
    details = " ".join(f"{name}={value}" for name, value in entry.items() if name not in HIDDEN)
    return f"{entry['level']}: {entry.get('event', '')}  {details}".rstrip()

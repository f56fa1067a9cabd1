"""Which processes descend from which, and which are still there. Linux, from /proc."""

import os
from pathlib import Path

Started = tuple[int, str]
"""A process id and when the process began: the id alone may be given to another one later."""


def descendants(pid: int) -> set[Started]:
    """All processes below `pid`, however deep, and in whatever process group."""
    everybody = {int(entry.name): stat for entry in Path("/proc").glob("[0-9]*") if (stat := _stat(entry))}
    found, generation = set[int](), {pid}
    while generation:
        generation = {child for child, stat in everybody.items() if int(stat[1]) in generation} - found
        found |= generation
    return {(child, everybody[child][19]) for child in found}


def still_there(processes: set[Started]) -> set[Started]:
    """Those that run. One that has ended and only waits to be asked for its exit code does not."""
    return {(pid, began) for pid, began in processes if _runs(_stat(Path(f"/proc/{pid}")), began)}


def seconds_of(pid: int) -> float:
    """The processor time that a process has taken so far, in its own code and in the system's; none, if it is gone."""
    stat = _stat(Path(f"/proc/{pid}"))
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK") if stat else 0.0


def _runs(stat: list[str], began: str) -> bool:
    return bool(stat) and stat[0] not in {"Z", "X"} and stat[19] == began


def _stat(entry: Path) -> list[str]:
    """State, parent … of a process (proc(5)), without its id and name; empty when it is gone."""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []

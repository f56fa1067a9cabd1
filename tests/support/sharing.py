"""How `pytest -n` shares the tests among its processes: file by file, and those first that take longest.

What a file has started for its tests, a whole platform perhaps, is started once so. A file whose tests run on both
databases is two pieces of work: each process keeps what it has made on one of them for as long as it can.
"""

import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

KIND = re.compile(r"\[(sqlite|mariadb)\b")
TOGETHER = "tests/browser/"  # one platform and one browser are enough for all of them
FIRST = (TOGETHER, "tests/tooling/", "tests/journey/")


class FileByFile(LoadScopeScheduling):
    """A process is given its next piece of work when it has almost done the one before."""

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)


def piece_of(nodeid: str) -> str:
    """The name of the piece of work that a test is part of."""
    if nodeid.startswith(TOGETHER):
        return TOGETHER
    file, _, test = nodeid.partition("::")
    kind = KIND.search(test)
    return f"{file} {kind[1]}" if kind else file


def longest_first(items: list[pytest.Item]) -> None:
    """What starts a platform, or says that it takes long, begins the run: at its end is what can be shared evenly."""
    slow = {item.path for item in items if item.get_closest_marker("timeout")}

    def turn(item: pytest.Item) -> int:
        tops = [number for number, top in enumerate(FIRST) if item.nodeid.startswith(top)]
        return -1 if item.path in slow else (tops or [len(FIRST)])[0]

    items.sort(key=turn)


def scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return FileByFile(config, log)

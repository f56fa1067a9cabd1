"""`make up` as a person types it, with a folder and ports of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from scripts import gateway
from scripts.ports import free_block
from scripts.shell import ROOT
from scripts.stack import MOST_PORTS
from tests.support import run_folder
from tests.support.process_tree import Started, descendants, still_there

READY = "Zaguán is ready"
PATIENCE = 120.0
# What an outer `make` tells an inner one, and the deployer's settings of whoever runs the tests.
NOT_PASSED_ON = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "ARGS", "PORT", "PYTHONPATH"}


class Up:
    """One `make up`."""

    def __init__(self, folder: Path, port: int, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = port
        self._output = folder / f"output-{time.monotonic_ns()}"
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        arguments = f"--var={folder / 'var'} --secrets={folder / 'secrets'} --env-file={folder / 'env'}"
        with self._output.open("wb") as output:
            self.make = subprocess.Popen(
                ["make", "--no-print-directory", "up", f"PORT={port}", f"ARGS={arguments}"],
                cwd=ROOT,
                env={**inherited, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self._output.read_text()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while READY not in self.output:
            assert self.make.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)

    def processes(self) -> set[Started]:
        return descendants(self.make.pid)

    def interrupt(self) -> None:
        """Ctrl-C: the terminal signals the whole foreground group."""
        os.killpg(self.make.pid, signal.SIGINT)

    def exit_code(self) -> int:
        return self.make.wait(PATIENCE)


def gone(processes: set[Started], within: float = PATIENCE) -> bool:
    """Whether all have ended, soon."""
    deadline = time.monotonic() + within
    while still_there(processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


MakeUp = Callable[..., Up]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: it will hold sockets."""
    path = run_folder.path() / f"u{time.monotonic_ns()}"
    path.mkdir()
    yield path
    gateway.clean(path / "var" / "nginx")  # what `make up` leaves when it is killed itself


@pytest.fixture
def make_up(folder: Path) -> Iterator[MakeUp]:
    """`make_up()` starts; settings are keyword arguments, `port` among them. What still runs is ended."""
    started: list[Up] = []

    def start(port: int | None = None, **settings: str) -> Up:
        started.append(Up(folder, port or free_block(MOST_PORTS), settings))
        return started[-1]

    yield start
    for up in started:
        if up.make.poll() is None:
            up.interrupt()
            up.exit_code()

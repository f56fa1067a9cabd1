"""A program in a terminal of its own, as a person sees it."""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from tests.support.waiting import LONG


class Terminal:
    """What a program writes to its terminal, and how it ends."""

    def __init__(self, screen: int, process: subprocess.Popen[bytes]) -> None:
        self._screen = screen
        self.process = process
        self.text = ""

    def until(self, pattern: str, within: float = LONG) -> re.Match[str]:
        """The first match in what was written so far, or will be soon."""
        deadline = time.monotonic() + within
        while (found := re.search(pattern, self.text)) is None:
            assert time.monotonic() < deadline, self.text
            assert self._read(0.2), self.text
        return found

    def end(self, within: float = LONG) -> int:
        """The exit code; all that was written is in `text`."""
        deadline = time.monotonic() + within
        while self._read(0.2):
            assert time.monotonic() < deadline, self.text
        return self.process.wait(timeout=within)

    def _read(self, wait: float) -> bool:
        """False when the program has closed the terminal."""
        if not select.select([self._screen], [], [], wait)[0]:
            return True
        try:
            written = os.read(self._screen, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self.text += written.decode(errors="replace").replace("\r\n", "\n")
        return bool(written)


@contextmanager
def in_terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """The program, running in a new pseudo-terminal; killed if it still runs at the end."""
    screen, its_side = pty.openpty()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=its_side,
        stdout=its_side,
        stderr=its_side,
        start_new_session=True,
    )
    os.close(its_side)
    try:
        yield Terminal(screen, process)
    finally:
        process.kill()
        process.wait()
        os.close(screen)

"""Apertium's programs as one line of pipes that stays open: a text goes in, ended by NUL, and so comes out."""

import contextlib
import os
import select
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

MODES = Path("/usr/share/apertium/modes")
PATIENCE = 5.0  # seconds: a text takes milliseconds, the first one a quarter of a second
UNKNOWN_UNMARKED = "-n"
Stage = Sequence[str]


class Broken(Exception):
    """It does not answer. The text is for logs."""


def stages(mode: str) -> list[Stage]:
    """The programs of a translation, as its mode file lists them; none where it is not installed."""
    try:
        told = (MODES / f"{mode}.mode").read_text(encoding="utf-8")
    except OSError:
        return []
    found = [_flushing(shlex.split(part)) for part in told.strip().split("|")]
    return found if all(shutil.which(stage[0]) for stage in found) else []


def _flushing(words: list[str]) -> Stage:
    """`-z`: what is ended by NUL goes on at once. `$1` says how unknown words are marked, `$2` nothing of ours."""
    options = [UNKNOWN_UNMARKED if word == "$1" else word for word in words[1:] if word != "$2"]
    return [words[0], "-z", *options]


class Pipeline:
    """Its programs run until `close`, or until this process ends: then their input does, too."""

    def __init__(self, wanted: Sequence[Stage]) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        source: int | None = subprocess.PIPE
        for stage in wanted:
            process = subprocess.Popen(
                stage,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,  # Ctrl-C is for us
            )
            if self._processes and self._processes[-1].stdout is not None:
                self._processes[-1].stdout.close()
            self._processes.append(process)
            source = process.stdout.fileno() if process.stdout else None

    def exchange(self, text: bytes) -> bytes:
        """What comes out for `text`, which is short enough for the pipes; neither of the two has a NUL."""
        until = time.monotonic() + PATIENCE
        if any(process.poll() is not None for process in self._processes):
            raise Broken("a program of it has ended")
        first, last = self._processes[0].stdin, self._processes[-1].stdout
        if first is None or last is None:
            raise Broken("closed")
        try:
            os.write(first.fileno(), text + b"\0")
            return _until_nul(last.fileno(), until)
        except (OSError, ValueError) as error:
            raise Broken(type(error).__name__) from None

    def close(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()


def _until_nul(source: int, until: float) -> bytes:
    told = b""
    while not told.endswith(b"\0"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            raise Broken("no answer in time")
        piece = os.read(source, 65536)
        if not piece:
            raise Broken("it ended")
        told += piece
    return told[:-1]

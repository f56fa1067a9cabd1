"""A second process beside the one that serves: where a container may hold one of each, both live in one.

It is started again when it ends, sooner or later; when the serving one ends, so does it.
"""

import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # seconds between an end and the next start
STEADY = 30.0  # seconds after which an end counts as the first again
END_WITHIN = 5.0  # seconds, then SIGKILL
LOOK = 0.2
SIGNALS = {number.value: number.name for number in signal.Signals}


@contextmanager
def beside(command: Sequence[str]) -> Iterator[None]:
    """Keep `command` running while the block runs."""
    ending = threading.Event()
    keeper = threading.Thread(target=_keep, args=(command, ending), name="beside")
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(command: Sequence[str], ending: threading.Event) -> None:
    pause = FIRST_PAUSE
    while not ending.is_set():
        seconds, how = _run(command, ending)
        pause = FIRST_PAUSE if seconds > STEADY else min(2 * pause, LONGEST_PAUSE)
        if not ending.is_set():
            log.warning("process ended, starts again", command=command[-1], how=how, after=round(seconds, 1))
        ending.wait(pause)


def _run(command: Sequence[str], ending: threading.Event) -> tuple[float, str]:
    """Until it ends, or is to end; for how many seconds it ran, and how it ended."""
    looks = 0
    with subprocess.Popen(command) as process:
        while process.poll() is None and not ending.wait(LOOK):
            looks += 1
        process.terminate()
        try:
            process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
    return looks * LOOK, _told(process.returncode)


def _told(code: int) -> str:
    """A signal says more than the process itself could: SIGKILL, most often, that memory was short."""
    return SIGNALS.get(-code, f"exit code {code}")

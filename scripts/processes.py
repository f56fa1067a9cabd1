"""Runs the processes of a stack: each in a process group of its own, its output in a log of its own.

`make up` and the tests use the same code, so what the tests kill and restart is what a person runs.
"""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from scripts.console import Failure
from scripts.shell import ROOT
from scripts.stack import Process, Stack

STOP_WITHIN = 10.0  # seconds, then SIGKILL
POLL = 0.05
SAYS_NOTHING = "(Background on this error"  # the last line of every complaint of SQLAlchemy's


class Running:
    """One process of the stack, from start to stop, as often as wanted."""

    def __init__(self, process: Process, log: Path) -> None:
        self.process = process
        self.log = log
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self.process.name

    @property
    def exit_code(self) -> int | None:
        """None while it runs, or has not been started."""
        return self._popen.poll() if self._popen else None

    @property
    def pid(self) -> int | None:
        """None before it was started."""
        return self._popen.pid if self._popen else None

    @property
    def is_running(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def start(self) -> None:
        command = [*_ended_with_its_parent(), *self.process.command()]
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(self.process.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        return answers(self.process.ready)

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL to it and all of its children, and wait until it is gone."""
        self._signal(signal.SIGKILL)
        if self._popen:
            self._popen.wait()

    def stop(self, within: float = STOP_WITHIN) -> None:
        """An orderly end; what is still there after `within` seconds, or left behind, is killed."""
        self.terminate()
        if self._popen:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(within)
        self.kill()

    def _signal(self, number: signal.Signals) -> None:
        if self._popen:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._popen.pid, number)


def migrate(stack: Stack) -> None:
    """Bring every service's database to its newest schema, all at the same time."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(_run_to_its_end, stack.migrations, [stack.logs] * len(stack.migrations)))


def _run_to_its_end(job: Process, logs: Path) -> None:
    log = logs / f"{job.name}-migrate.log"
    with log.open("wb") as output:
        code = subprocess.run(
            job.command(),
            cwd=ROOT,
            env=dict(job.env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
    if code:
        raise Failure(f"The migrations of {job.name} failed.{last_words(log)}")


def start(parts: Iterable[Running], within: float) -> None:
    """Start all and wait until each is ready. On any failure none is left running."""
    parts = list(parts)
    try:
        for part in parts:
            part.start()
        wait_until_ready(parts, within)
    except BaseException:
        stop(parts)
        raise


def stop(parts: Iterable[Running]) -> None:
    """Ask all to end at the same time, then wait for each."""
    parts = list(parts)
    for part in parts:
        part.terminate()
    for part in parts:
        part.stop()


def wait_until_ready(parts: Iterable[Running], within: float) -> None:
    waiting = list(parts)
    deadline = time.monotonic() + within
    while waiting := [part for part in waiting if not part.is_ready()]:
        for part in waiting:
            if part.exit_code is not None:
                raise Failure(f"{told_end(part)} before it was ready.{last_words(part.log)}")
        if time.monotonic() > deadline:
            names = ", ".join(part.name for part in waiting)
            raise Failure(f"Not ready within {within:.0f} s: {names}.{last_words(waiting[0].log)}")
        time.sleep(POLL)


def told_end(part: Running) -> str:
    """`documents ended with exit code 1`, `backend was ended by SIGKILL`."""
    code = part.exit_code or 0
    if code < 0:
        return f"{part.name} was ended by {signal.Signals(-code).name}"
    return f"{part.name} ended with exit code {code}"


def answers(url: str, timeout: float = 1.0) -> bool:
    """Whether `url` answers 200, asked directly: no proxy of the environment stands between."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def last_words(log: Path) -> str:
    """The last line of a log that says something, and where the rest is."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith(SAYS_NOTHING)]
    return f" {lines[-1][:300] if lines else 'It said nothing'} (log: {log})"


def _ended_with_its_parent() -> tuple[str, ...]:
    """On Linux the kernel ends the process with whoever started it, even when that one is killed with -9."""
    return ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") else ()

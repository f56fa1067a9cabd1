"""Starts the bundled model's process when it is first needed, again when it has died, and ends it when it rests."""

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from ai.models.catalog import Model
from ai.upstream.failures import Failed

log = structlog.get_logger()

START_WITHIN: Final = 60.0  # seconds, on a busy machine
RESTS_AFTER: Final = 900.0  # seconds without a question: then its memory is given back
LOOK_EVERY: Final = 30.0
PAUSE: Final = 10.0  # seconds without another try, when it has died at its start


@dataclass(frozen=True)
class Address:
    url: str
    key: str


class LocalModel:
    """One for a process; threads may ask at the same time."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._address: Address | None = None
        self._asked_at = 0.0
        self._failed_at = -PAUSE

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def ready(self) -> Address:
        """Where it listens, started if it must be. Failed, if it cannot."""
        self._asked_at = time.monotonic()
        with self._lock:
            if self._address is not None and self._process is not None and self._process.poll() is None:
                return self._address
            if time.monotonic() < self._failed_at + PAUSE:
                raise Failed("away", "the bundled model has just failed to start")
            return self._start()

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _start(self) -> Address:
        self._end()
        key = secrets.token_urlsafe(32)
        began = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ai.local.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        url = _first_line(self._process, self._told(key))
        if not url.startswith("http://127.0.0.1:"):
            self._end()
            self._failed_at = time.monotonic()
            log.error("the bundled model did not start")
            raise Failed("away", "the bundled model did not start")
        log.info("model loaded", model=self._model.id, ms=round((time.monotonic() - began) * 1000))
        self._address = Address(f"{url}/v1", key)
        threading.Thread(target=self._watch, args=(self._process,), name="bundled model", daemon=True).start()
        return self._address

    def _told(self, key: str) -> str:
        model = self._model
        told = {"model": model.id, "key": key, "context": model.context, "answer": model.answer}
        return json.dumps(told | {"at_once": model.concurrent}) + "\n"

    def _watch(self, process: "subprocess.Popen[str]") -> None:
        """Until it has rested for long enough, or is gone."""
        while process.poll() is None:
            time.sleep(LOOK_EVERY)
            with self._lock:
                if self._process is process and time.monotonic() > self._asked_at + RESTS_AFTER:
                    log.info("model unloaded", model=self._model.id)
                    self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
        self._process = self._address = None


def _first_line(process: "subprocess.Popen[str]", told: str) -> str:
    """What it prints when it is ready; nothing, if it dies before, or takes too long."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("started without pipes")
    read: list[str] = []
    reader: Callable[[], None] = lambda: read.append(process.stdout.readline() if process.stdout else "")  # noqa: E731
    thread = threading.Thread(target=reader, daemon=True)
    thread.start()
    try:
        process.stdin.write(told)
        process.stdin.flush()
    except BrokenPipeError:
        return ""
    thread.join(START_WITHIN)
    return read[0].strip() if read else ""

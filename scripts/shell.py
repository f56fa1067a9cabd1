"""Runs a command into the set-up's log and turns its failure into one clear line. Standard library only."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.console import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "var" / "log" / "setup.log"


class Unreachable(Failure):
    """The network was slow or gone: worth another try."""


NETWORK = (
    r"Temporary failure (in name resolution|resolving)|Failed to establish a new connection|ProxyError"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|Read timed out"
    r"|Could not connect to|Failed to fetch"
)

# What the tools' own words mean to the person who waits. The first match counts.
CAUSES = (
    (r"No space left on device|ENOSPC", "the disk is full"),
    (r"do not match the hashes|EINTEGRITY", "a downloaded package is not the one that was pinned"),
    (r"npm ci. can only install", "package-lock.json does not fit package.json: run npm install there"),
    (r"Permission denied|EACCES", "a file or folder may not be written"),
    (
        r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)",
        "a proxy's own certificate is not known here: name its file in PIP_CERT and NODE_EXTRA_CA_CERTS",
    ),
)


def run(
    command: Sequence[str], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None, timeout: float = 1800
) -> None:
    """Run to its end, all output into the log. On failure: the cause in one line, and where the log is."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}   ({time.strftime('%H:%M:%S')})\n".encode())
        log.flush()
        began = log.tell()
        code = _wait(command, cwd, env, timeout, log.fileno())
    if code != 0:
        raise _failure(Path(command[0]).name, code, _output_since(began))


def _wait(
    command: Sequence[str], cwd: Path, env: Mapping[str, str] | None, timeout: float, log: int
) -> int | None:
    """The exit code; None if it had to be ended, with all of its children, after `timeout` seconds."""
    environment = {**os.environ, **(env or {})}
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)


def _failure(program: str, code: int | None, output: str) -> Failure:
    if code is None:
        return Unreachable(f"{program} took too long and was ended (log: {LOG})")
    if cause := next((cause for pattern, cause in CAUSES if re.search(pattern, output)), None):
        return Failure(f"{program} failed: {cause} (log: {LOG})")
    if re.search(NETWORK, output):
        return Unreachable(f"{program} cannot reach its registry: is there a network? (log: {LOG})")
    return Failure(f"{program} failed with exit code {code} (log: {LOG})")


def _output_since(position: int) -> str:
    with LOG.open("rb") as log:
        log.seek(position)
        return log.read().decode(errors="replace")

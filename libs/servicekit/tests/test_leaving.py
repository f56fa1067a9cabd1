"""A process that is asked to end goes on serving for a while, and closes each connection with its answer."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from scripts.ports import free_block
from tests.support.waiting import LONG, until

SERVICE = """
from servicekit import create_service
from servicekit.command import serve
from servicekit.settings import Settings

def app():
    return create_service("notes")

if __name__ == "__main__":
    serve("notes:app", Settings.from_environment())
"""
DRAIN = 4.0


@pytest.fixture
def port() -> int:
    return free_block(1)


@pytest.fixture
def process(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[bytes]]:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "notes.py").write_text(SERVICE)
    path = os.pathsep.join([str(folder), *sys.path])
    env = {"PORT": str(port), "DRAIN": str(DRAIN), "PYTHONPATH": path, "TMPDIR": str(folder)}
    with subprocess.Popen([sys.executable, "-m", "notes"], cwd=folder, env=env) as process:
        until(lambda: connection_header(port) == "kept")
        yield process
        process.kill()


def test_it_serves_and_lets_go_of_every_connection_until_it_ends(
    process: subprocess.Popen[bytes], port: int
) -> None:
    process.send_signal(signal.SIGTERM)
    told = time.monotonic()
    until(lambda: connection_header(port) == "close", DRAIN)
    assert process.wait(LONG) == 0
    assert time.monotonic() - told >= DRAIN
    assert connection_header(port) == "refused"


def connection_header(port: int) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)) as connection:
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
        except OSError:
            return "refused"
        assert answer.status == 200
        return answer.getheader("Connection", "kept")

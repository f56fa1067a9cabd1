"""A private MariaDB server for the tests: own folder, own port, ended by its process id.

All workers of a test run share one server. The first that needs it starts it under a lock and writes
its address into the run's folder; the process that began the run ends it (see the root conftest.py).
"""

import contextlib
import fcntl
import getpass
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from scripts.ports import free_block

USER = PASSWORD = "zaguan"
READY_WITHIN = 600.0

# Tests want speed, not durability.
OPTIONS = (
    "--no-defaults",
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--performance-schema=OFF",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=16M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--max-connections=500",
    "--character-set-server=utf8mb4",
)


@dataclass(frozen=True)
class Server:
    """Where the server listens and which process it is."""

    pid: int
    port: int

    def url(self, database: str = "") -> str:
        return f"mysql+pymysql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}?charset=utf8mb4"

    def execute(self, statement: str) -> None:
        """Run one statement of the administrator's, such as CREATE DATABASE."""
        engine = create_engine(self.url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))

    def dump(self, database: str) -> bytes:
        """The statements that make its tables, its triggers and what is in them."""
        return self._client("mariadb-dump", "--skip-comments", database)

    def load(self, database: str, statements: bytes) -> None:
        self._client("mariadb", database, given=statements)

    def _client(self, program: str, *words: str, given: bytes = b"") -> bytes:
        to = (
            "--no-defaults",
            "--host=127.0.0.1",
            f"--port={self.port}",
            f"--user={USER}",
            f"--password={PASSWORD}",
        )
        return subprocess.run(
            (_program(program), *to, *words), input=given, capture_output=True, check=True
        ).stdout


def shared(folder: Path) -> Server:
    """The run's one server, started by whoever asks first."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder / "lock"):
        address = folder / "server.json"
        if not address.exists():
            address.write_text(json.dumps(asdict(_start(folder))))
        return Server(**json.loads(address.read_text()))


def stop(folder: Path) -> None:
    """End the run's server, if one was started."""
    address = folder / "server.json"
    if not address.exists():
        return
    pid = Server(**json.loads(address.read_text())).pid
    address.unlink()
    # Nothing of it is needed any more, so there is no reason to wait for an orderly end.
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _start(folder: Path) -> Server:
    data, port = folder / "data", free_block(1)
    init = folder / "init.sql"
    init.write_text(
        f"CREATE USER '{USER}'@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
        f"GRANT ALL ON *.* TO '{USER}'@'127.0.0.1';\n"
    )
    log = folder / "server.log"
    _install(data, log)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                _program("mariadbd"),
                *OPTIONS,
                f"--user={getpass.getuser()}",
                f"--datadir={data}",
                f"--port={port}",
                f"--socket={folder / 's'}",
                f"--pid-file={folder / 'pid'}",
                f"--init-file={init}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(process.pid, port)
    _wait_until_ready(server, process, log)
    return server


def _install(data: Path, log: Path) -> None:
    with log.open("ab") as output:
        subprocess.run(
            [
                _program("mariadb-install-db"),
                "--no-defaults",
                "--skip-test-db",
                "--auth-root-authentication-method=normal",
                f"--user={getpass.getuser()}",
                f"--datadir={data}",
            ],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OperationalError):
            server.execute("SELECT 1")
            # It outlives this worker on purpose: tell Python that nobody waits for it here.
            process.returncode = 0
            return
        time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"MariaDB did not start for the tests:\n{log.read_text()[-2000:]}")


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise RuntimeError(f"{name} is not installed (Debian: apt-get install mariadb-server).")
    return found


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

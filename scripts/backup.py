"""`make backup` and `make restore`: the data and the secrets of the platform in containers.

Two files, because together they open everything: the data, in which credentials stay hashed or encrypted, and the
secrets, with the keys to what is encrypted. Keep them apart. The data is one consistent state, taken while it runs.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scripts import console
from scripts.console import Failure, step
from scripts.docker import compose
from scripts.shell import ROOT

FOLDER = ROOT / "backups"
DATA, SECRETS = ".sql.gz", ".secrets.tar"

ADMINISTRATOR = "--defaults-extra-file=/run/secrets/client.cnf"
# One state of all databases, that any server takes.
OPTIONS = "--single-transaction --set-gtid-purged=OFF --routines --hex-blob"
DUMP = f"mysqldump {ADMINISTRATOR} {OPTIONS} --databases backend documents ai | gzip"
LOAD = f"gunzip | mysql {ADMINISTRATOR}"
# The broker begins empty. What had been given to it, and perhaps not been handled, is told again: who has handled it
# drops it.
AGAIN = "outbox SET sent_at = NULL, due_at = UTC_TIMESTAMP(6)"
TELL_AGAIN = (
    f"mysql {ADMINISTRATOR} --execute='UPDATE backend.{AGAIN}; UPDATE documents.{AGAIN}; UPDATE ai.{AGAIN}'"
)
IN_DATABASE = ("exec", "-T", "db", "bash", "-o", "pipefail", "-c")
AMONG_SECRETS = ("run", "--rm", "-T", "--no-deps", "--workdir=/volumes", "--entrypoint=sh", "init", "-c")
PACK = "tar --create --numeric-owner *"
UNPACK = "tar --extract --numeric-owner --preserve-permissions"


def main() -> int:
    match sys.argv[1:]:
        case ["backup"]:
            return _backup()
        case ["restore", name]:
            return _restore(name)
    raise Failure('Say which backup: make restore ARGS="backups/zaguan-…" (without an ending).')


def _backup() -> int:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    name = FOLDER / time.strftime("zaguan-%Y%m%d-%H%M%S", time.gmtime())
    with step("Data"), _whole(_with(name, DATA)) as file:
        compose(*IN_DATABASE, DUMP, into=file)
    with step("Secrets"), _whole(_with(name, SECRETS)) as file:
        compose(*AMONG_SECRETS, PACK, into=file)
    print(
        f"Made {name.relative_to(ROOT)}{DATA} and {SECRETS}. Keep them apart: together they open everything."
    )
    return 0


def _restore(name: str) -> int:
    data, secrets = (_with(Path(name), ending) for ending in (DATA, SECRETS))
    for half in (data, secrets):
        if not half.is_file():
            raise Failure(f"{half} is not there. A backup is two files; name them without their endings.")
    _agree()
    with step("Remove what there is"):
        compose("down", "--volumes", "--remove-orphans")
    with step("Secrets"), secrets.open("rb") as archive:
        compose(*AMONG_SECRETS, UNPACK, given=archive)
    with step("Database"):
        compose("up", "--detach", "--wait", "db")
    with step("Data"), data.open("rb") as dump:
        compose(*IN_DATABASE, LOAD, given=dump)
    with step("Start"):
        compose("up", "--detach", "--wait")
    with step("Events that were on their way"):
        compose(*IN_DATABASE, TELL_AGAIN)
    return 0


def _agree() -> None:
    print(
        "This deletes every account, document and secret of the platform in containers, and puts the backup in place."
    )
    try:
        agreed = input("Type yes to go on: ").strip().lower() == "yes"
    except EOFError:
        agreed = False
    if not agreed:
        raise Failure("Nothing was changed.")


def _with(name: Path, ending: str) -> Path:
    return name.with_name(name.name + ending)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A new file for the administrator alone, which gets its name once it is complete."""
    part = _with(path, ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    console.run(main)

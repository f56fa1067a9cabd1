"""The one-shot job `init`: every secret of the platform, each in the volume of who may read it.

A secret is random, made once, and never changed here; what is derived from secrets (the database's users, the
broker's definitions) is written anew at each start. Each reader has a volume of its own, mounted read-only in its
containers and nowhere else; its files belong to the reader's account and are closed to all others.
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from compose import accounts, broker, certificates
from scripts.dev_secrets import MAKERS, new_service_key, private_file, public_file, public_part

VOLUMES = Path("/volumes")
GIVEN = Path("/given")
RABBITMQ_CONF = Path(__file__).with_name("rabbitmq.conf")
SERVICES = ("backend", "documents", "ai")

APPLICATION, SERVER, GATEWAY = 10001, 999, 101
"""Account numbers: ours in every Dockerfile; MySQL's and RabbitMQ's in theirs; nginx's in its."""


@dataclass(frozen=True)
class Room:
    """The volume of one reader."""

    name: str
    account: int

    @property
    def folder(self) -> Path:
        return VOLUMES / self.name

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8").strip()

    def keep(self, name: str, make: Callable[[], str]) -> str:
        """The secret `name`, made if it is not there."""
        if not (self.folder / name).exists():
            self.write(name, make())
        return self.read(name)

    def write(self, name: str, text: str) -> None:
        """Replace a file, whole or not at all."""
        temporary = self.folder / f".{name}"
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            os.fsync(descriptor)
        os.chown(temporary, self.account, self.account)
        temporary.replace(self.folder / name)

    def mirror(self, name: str, source: Path) -> None:
        """The deployer's own file as it is now; gone here when it is gone there."""
        if source.is_file():
            self.write(name, source.read_text(encoding="utf-8"))
        else:
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """The folder itself, to all but its reader, in whose containers it is read-only (but for `rotate_secrets`)."""
        os.chown(self.folder, self.account, self.account)
        self.folder.chmod(0o700)


BACKEND = Room("backend", APPLICATION)
DOCUMENTS = Room("documents", APPLICATION)
AI = Room("ai", APPLICATION)
DEMO_IDP = Room("demo_idp", APPLICATION)
DATABASE = Room("db", SERVER)
BROKER = Room("rabbitmq", SERVER)
NGINX = Room("nginx", GATEWAY)
ROOMS = (BACKEND, DOCUMENTS, AI, DATABASE, BROKER, NGINX)


def main() -> None:
    rooms = [room for room in (*ROOMS, DEMO_IDP) if room.folder.is_dir()]
    _platform()
    if DEMO_IDP in rooms:
        _demo()
    _service_keys()
    _database()
    _broker()
    for room in rooms:
        room.close()


def _platform() -> None:
    """What is the platform's own, and what its deployer gives."""
    BACKEND.keep("master-key", MAKERS["master-key"])
    BACKEND.mirror("client-secret.json", GIVEN / "client-secret.json")
    given = {path.name for path in (*GIVEN.glob("ai-*"), *AI.folder.glob("ai-*"))}
    for name in sorted(given):
        AI.mirror(name, GIVEN / name)
    for name in ("tls-certificate.pem", "tls-key.pem"):
        NGINX.mirror(name, GIVEN / name)


def _demo() -> None:
    """The demo identity provider's; the backend knows the client's word, too."""
    DEMO_IDP.keep("demo-idp-key.pem", MAKERS["demo-idp-key.pem"])
    BACKEND.write("demo-client-secret", DEMO_IDP.keep("demo-client-secret", MAKERS["demo-client-secret"]))


def _service_keys() -> None:
    """With which a service proves to the backend who it is; the backend gets the public part only."""
    for name in SERVICES:
        if name != "backend":
            private = _room(name).keep(private_file(name), new_service_key)
            BACKEND.write(public_file(name), public_part(private + "\n"))


def _database() -> None:
    """A certificate that every client checks, a password for each service, and the statements that make its user."""
    if not (DATABASE.folder / "server-key.pem").exists():
        for name, text in certificates.for_server("db").items():
            DATABASE.write(name, text)
    words = {name: _room(name).keep("database-password", _word) for name in SERVICES}
    for name in SERVICES:
        _room(name).write("database-ca.pem", DATABASE.read("ca.pem") + "\n")
    root = DATABASE.keep("root-password", _word)
    DATABASE.write("client.cnf", accounts.mysql_client(root))
    DATABASE.write("users.sql", accounts.mysql_users(words))


def _broker() -> None:
    words = {name: _room(name).keep("broker-password", _word) for name in SERVICES}
    BROKER.write("rabbitmq.conf", RABBITMQ_CONF.read_text(encoding="utf-8"))
    told = broker.definitions(words)
    BROKER.write("definitions.json", json.dumps(told, indent=2))
    unbound = {**told, "bindings": []}
    BROKER.write("definitions-unbound.json", json.dumps(unbound, indent=2))  # scripts/roll.py says why


def _room(service: str) -> Room:
    return {"backend": BACKEND, "documents": DOCUMENTS, "ai": AI}[service]


def _word() -> str:
    """256 bits that need no quoting anywhere."""
    return secrets.token_urlsafe(32)


if __name__ == "__main__":
    main()

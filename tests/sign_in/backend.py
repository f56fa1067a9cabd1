"""The real backend as a process of its own, on SQLite, without the gateway, and what its database holds."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from httpx2 import Response

from backend.context import build
from backend.migrate import bring_up_to_date
from backend.settings import BackendSettings
from demo_idp.provider import CLIENT_ID
from scripts import dev_secrets, processes
from scripts.ports import free_block
from scripts.processes import Running
from scripts.stack import Stack
from tests.sign_in.browser import SESSION
from tests.sign_in.provider import Provider, running_provider

READY_WITHIN = 60.0
SETTINGS = {"SIGNUP": "domain:demo.example", "ADMIN_EMAILS": "ada@demo.example", "LOG_LEVEL": "WARNING"}


@dataclass(frozen=True)
class State:
    """How much of what a sign-in may leave behind there is."""

    users: int
    sessions: int
    successes: int
    refusals: int


@dataclass(frozen=True)
class Person:
    """A row of `users`, and the roles."""

    id: str
    status: str
    email: str | None
    roles: tuple[str, ...]


class Backend:
    """A running backend."""

    def __init__(self, stack: Stack, provider: Provider) -> None:
        self.address = stack.public_url
        self.provider = provider
        self.settings = BackendSettings.from_environment(stack.environment("backend"))
        self._database = Path(stack.database_url("backend").removeprefix("sqlite:///"))

    def state(self) -> State:
        audit = "SELECT count(*) FROM audit WHERE action = "
        counts = ("SELECT count(*) FROM users", "SELECT count(*) FROM sessions")
        told = (*counts, f"{audit} 'sign_in.succeeded'", f"{audit} 'sign_in.refused'")
        return State(*(self._rows(query)[0][0] for query in told))

    def person(self, subject: str) -> Person:
        """The one account of this subject at the provider."""
        ((user_id, status, email),) = self._rows(
            "SELECT id, status, email FROM users WHERE issuer = ? AND subject = ?",
            self.provider.issuer,
            subject,
        )
        roles = self._rows("SELECT role FROM user_roles WHERE user_id = ? ORDER BY role", user_id)
        return Person(user_id, status, email, tuple(role for (role,) in roles))

    def last_device_is_new(self) -> bool:
        """Whether the last sign-in is noted as one from a device that was not seen before."""
        query = "SELECT detail ->> 'new_device' FROM audit WHERE action = 'sign_in.succeeded'"
        return bool(self._rows(f"{query} ORDER BY id DESC LIMIT 1")[0][0])

    def last_sign_in_is_fresh(self) -> bool:
        """Whether the youngest session may do what is dangerous: it is known when its person was at the provider."""
        query = (
            "SELECT authenticated_at > datetime('now', '-1 minute') FROM sessions ORDER BY id DESC LIMIT 1"
        )
        return bool(self._rows(query)[0][0])

    def last_refusal(self) -> str:
        """Why, as the audit says."""
        query = (
            "SELECT detail ->> 'reason' FROM audit WHERE action = 'sign_in.refused' ORDER BY id DESC LIMIT 1"
        )
        return str(self._rows(query)[0][0])

    def reasons(self, action: str, person: str) -> list[str | None]:
        """Of each entry in the audit about a person, the reason."""
        query = "SELECT detail ->> 'reason' FROM audit WHERE action = ? AND target = ? ORDER BY id"
        return [reason for (reason,) in self._rows(query, action, person)]

    def dump(self) -> str:
        """All that the database holds, as whoever steals it reads it."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as connection:
            return "\n".join(connection.iterdump())

    def change(self, statement: str, *values: object) -> None:
        """What time or an accident would do to the database."""
        with closing(sqlite3.connect(self._database, timeout=10)) as connection, connection:
            connection.execute(statement, values)

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()


def assert_refused(answer: Response, backend: Backend, before: State) -> None:
    """No session, no account, a page that says what to do, and exactly one entry in the audit."""
    assert answer.status_code >= 400
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'href="/auth/login"' in answer.text
    assert not any(line.startswith(SESSION) for line in answer.headers.get_list("Set-Cookie"))
    assert backend.state() == replace(before, refusals=before.refusals + 1)


def assert_signed_in(answer: Response, backend: Backend, before: State, newcomers: int = 0) -> None:
    """A session, an entry in the audit, and as many new accounts as are expected."""
    assert answer.status_code == 303, backend.last_refusal()
    (cookie,) = (line for line in answer.headers.get_list("Set-Cookie") if line.startswith(f"{SESSION}="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    after = State(before.users + newcomers, before.sessions + 1, before.successes + 1, before.refusals)
    assert backend.state() == after


def registered_client(folder: Path, *services: str) -> Path:
    """Development secrets, with the demo provider's client as if Google's console had given it out, and a key for each
    of these services.
    """
    dev_secrets.ensure(folder, services)
    client = {"client_id": CLIENT_ID, "client_secret": (folder / "demo-client-secret").read_text().strip()}
    (folder / "client-secret.json").write_text(json.dumps({"web": client}))
    return folder


@contextmanager
def running_backend(folder: Path, secrets: Path, **settings: str) -> Iterator[Backend]:
    """A migrated backend, and a provider of its own that can be told to misbehave."""
    port = free_block(2)
    address = f"http://127.0.0.1:{port + 1}"
    with running_provider(secrets, f"{address}/auth/callback") as provider:
        told = {"PUBLIC_URL": address, "OIDC_ISSUER": provider.issuer}
        stack = Stack(folder, port, SETTINGS | told | settings, secrets)
        stack.make_folders()
        _migrate(BackendSettings.from_environment(stack.environment("backend")))
        (process,) = (process for process in stack.processes if process.name == "backend")
        running = Running(process, stack.logs / "backend.log")
        processes.start([running], READY_WITHIN)
        try:
            yield Backend(stack, provider)
        finally:
            provider.reset()  # whoever hangs may go on: the backend ends in good order
            running.stop()


def _migrate(settings: BackendSettings) -> None:
    parts = build(settings)
    bring_up_to_date(parts)
    parts.database.engine.dispose()

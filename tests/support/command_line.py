"""The `zaguan` command as a person on a machine of their own runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from scripts.shell import ROOT
from tests.support.terminal import Terminal, in_terminal
from tests.support.waiting import LONG
from zaguan import oauth
from zaguan.credentials import Profiles
from zaguan.http import Http
from zaguan.settings import Settings

CODE = r"\b([B-Z]{4}-[B-Z]{4})\b"


def credentials_from(person: httpx2.Client, scope: str | None = None) -> oauth.Credentials:
    """Those of a new program that this person has confirmed."""
    http = Http(str(person.base_url).rstrip("/"))
    waiting = oauth.ask(http, scope)
    confirmed = person.post("/api/account/programs/approve", json={"user_code": waiting.user_code})
    assert confirmed.status_code == 204, confirmed.text
    credentials = oauth.wait(http, waiting, sleep=lambda _: None)
    http.close()
    return credentials


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Machine:
    """A home directory, and who uses it."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return {**kept, "HOME": str(self.home), "PYTHONPATH": str(ROOT / "cli"), "TERM": "xterm", **self.more}

    @property
    def credentials(self) -> Path:
        return self.home / ".config" / "zaguan" / "credentials.json"

    def zaguan(self, *words: str, stdin: bytes = b"") -> Done:
        """Run it, without a terminal."""
        done = subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=self.home,
            input=stdin,
            capture_output=True,
            timeout=LONG,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def terminal(self, *words: str) -> Iterator[Terminal]:
        with in_terminal(self.command(*words), self.environment) as terminal:
            yield terminal

    def sign_in(self, person: httpx2.Client, *words: str) -> Terminal:
        """`zaguan login`, confirmed by this person in their browser; the terminal as it was left."""
        address = str(person.base_url)
        with self.terminal("login", address, *words) as terminal:
            code = terminal.until(CODE)[1]
            confirmed = person.post("/api/account/programs/approve", json={"user_code": code})
            assert confirmed.status_code == 204, confirmed.text
            assert terminal.end() == 0, terminal.text
        return terminal

    def be_signed_in(self, person: httpx2.Client, scope: str | None = None) -> None:
        """As after `zaguan login`, without the five seconds that it waits before it asks."""
        url = str(person.base_url).rstrip("/")
        profiles = Profiles(Settings.read(environ=self.environment))
        profiles.put(url, credentials_from(person, scope))

    @staticmethod
    def command(*words: str) -> list[str]:
        return [sys.executable, "-m", "zaguan", *words]

"""One's own data through the whole platform: taken along as an archive, and deleted everywhere."""

import json
import os
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import httpx2
import pytest

from servicekit.ids import new_id
from tests.journey.test_one_sign_in import eventually
from tests.support import people
from tests.support.platform import Platform, running_platform
from tests.support.process_tree import descendants
from tests.support.promises import Revoked
from tests.support.waiting import until

MANY, LONG = 2000, 30_000
HOSTILE = ["../../etc/passwd", "Same", "Same", "same", "x" * 200, "con", "/abs", "C:\\x", "..", "ñandú"]


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    """A platform that no other test uses: its people go, its parts are killed."""
    with running_platform({"RATE_API": "5000r/s"}) as platform:
        yield platform


def save(client: httpx2.Client, title: str, body: str = "") -> None:
    assert client.post("/api/documents", json={"title": title, "body": body, "tags": []}).status_code == 201


def me(client: httpx2.Client) -> str:
    return str(client.get("/api/account").json()["id"])


def exported(client: httpx2.Client, folder: Path) -> ZipFile:
    """The archive, received in pieces."""
    file = folder / f"{new_id()}.zip"
    with client.stream("GET", "/api/account/export") as answer, file.open("wb") as target:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["Cache-Control"] == "no-store"
        for piece in answer.iter_bytes():
            target.write(piece)
    opened = ZipFile(file)
    assert opened.testzip() is None
    return opened


def database(platform: Platform, name: str) -> sqlite3.Connection:
    return sqlite3.connect(platform.stack.data / f"{name}.db", timeout=60, isolation_level=None)


def time_goes_by(platform: Platform) -> None:
    """Tokens and leases run out, as they do by themselves within minutes."""
    with closing(database(platform, "backend")) as tables:
        tables.execute("BEGIN IMMEDIATE")
        for person, parts in tables.execute("SELECT user_id, parts FROM deletions").fetchall():
            earlier = {name: {**part, **_an_hour_before(part)} for name, part in json.loads(parts).items()}
            tables.execute(
                "UPDATE deletions SET parts = ?, begun_at = datetime(begun_at, '-1 hour') || '.000000', "
                "lease = NULL, leased_until = NULL, due_at = datetime('now', '-1 second') || '.000000' "
                "WHERE user_id = ?",
                [json.dumps(earlier), person],
            )
        tables.execute("COMMIT")


def _an_hour_before(part: dict[str, str | None]) -> dict[str, str]:
    """Whatever has happened to this part."""
    moments = {name: part[name] for name in ("erased_at", "told_at")}
    hour = timedelta(hours=1)
    return {name: (datetime.fromisoformat(at) - hour).isoformat() for name, at in moments.items() if at}


def all_erased(client: httpx2.Client) -> bool:
    """Whether the first round is over, and only the account is left."""
    parts = client.get("/api/account").json()["deletion"]["parts"]
    return all(part["state"] == "erased" for part in parts if part["name"] != "account")


def owned(platform: Platform, person: str) -> int:
    with closing(database(platform, "documents")) as tables:
        (count,) = tables.execute("SELECT count(*) FROM documents WHERE owner = ?", [person]).fetchone()
    return int(count)


def memory(platform: Platform, name: str) -> int:
    """What all processes of a part hold, in bytes."""
    leader = platform.parts[name]._popen
    assert leader is not None
    pids = [leader.pid, *(pid for pid, _ in descendants(leader.pid))]
    told = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return sum(int(found[1]) * 1024 for text in told if (found := re.search(r"VmRSS:\s+(\d+)", text)))


def test_all_documents_are_in_the_archive_and_nobody_elses(own: Platform, tmp_path: Path) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar, closing(people.sign_in(own.url, "ada")) as ada:
        save(ada, "Of Ada", "canary-of-ada")
        for number, title in enumerate(HOSTILE):
            save(mar, title, f"body {number}")
        opened = exported(mar, tmp_path)
        assert mar.get("/api/account/audit").json()["items"][0]["action"] == "account.exported"
    documents = [name for name in opened.namelist() if name.startswith("documents/")]
    assert len(documents) == len(HOSTILE)
    assert all(name.count("/") == 1 and name.endswith(".md") for name in documents)
    bodies = {opened.read(name).decode().rpartition("\n")[2] for name in documents}
    assert bodies == {f"body {number}" for number in range(len(HOSTILE))}
    whole = b"".join(opened.read(name) for name in opened.namelist())
    assert b"canary-of-ada" not in whole
    assert b"ada@demo.example" not in whole
    opened.extractall(tmp_path / "out")
    assert {path.parent.parent for path in (tmp_path / "out").rglob("*.*") if path.is_file()} <= {
        tmp_path, tmp_path / "out"
    }  # fmt: skip


def test_two_thousand_documents_stream_in_constant_memory(own: Platform, tmp_path: Path) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar:
        person, before = me(mar), owned(own, me(mar))
        kept = (person, "Same title", 1, "2026-01-02 03:04:05.000000", "2026-01-02 03:04:05.000000")
        rows = [(new_id(), os.urandom(LONG // 2).hex(), *kept) for _ in range(MANY)]
        with closing(database(own, "documents")) as tables:
            tables.execute("BEGIN")
            tables.executemany(
                "INSERT INTO documents (id, body, owner, title, version, created_at, updated_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            tables.execute("COMMIT")
        exported(mar, tmp_path).close()  # what is loaded once is loaded
        at_first = memory(own, "backend") + memory(own, "documents")
        opened = exported(mar, tmp_path)
        grown = memory(own, "backend") + memory(own, "documents") - at_first
    assert len([name for name in opened.namelist() if name.startswith("documents/")]) == before + MANY
    assert grown < 25_000_000, f"{grown} bytes more, of {MANY * LONG} that were sent"


def test_who_hangs_up_may_export_again(own: Platform) -> None:
    """As soon as the platform has noticed."""
    with closing(people.sign_in(own.url, "mar")) as mar:
        for _ in range(5):
            until(lambda: hangs_up(mar) == 200)
        until(lambda: mar.get("/api/account/export").status_code == 200)


def hangs_up(client: httpx2.Client) -> int:
    """The status of an export whose beginning alone is read."""
    with client.stream("GET", "/api/account/export") as answer:
        next(answer.iter_bytes(100))
        assert answer.status_code in {200, 409}
        return answer.status_code


def test_without_a_service_the_export_says_which(own: Platform) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar:
        own.stop("documents")
        answer = mar.get("/api/account/export")
        own.start("documents")
        assert answer.status_code == 503
        assert "documents" in answer.json()["detail"]


def test_nothing_internal_is_reached_through_the_gateway(own: Platform) -> None:
    with closing(people.sign_in(own.url, "ada")) as ada:
        person = me(ada)
        for path in (f"/internal/people/{person}/export", f"/api/documents/internal/people/{person}/export"):
            assert ada.get(path).status_code == 404
        assert ada.delete(f"/internal/people/{person}").status_code == 404
        headers = {"X-Audience": "documents", "Cookie": f"__Host-session={ada.cookies['__Host-session']}"}
        inner = httpx2.get(f"{own.direct('backend')}/internal/authorize", headers=headers, trust_env=False)
        bearer = {"Authorization": f"Bearer {inner.headers['X-Identity-Token']}"}
        address = f"{own.direct('documents')}/internal/people/{person}"
        assert httpx2.get(f"{address}/export", headers=bearer, trust_env=False).status_code == 403
        assert httpx2.delete(address, headers=bearer, trust_env=False).status_code == 404


def test_an_account_is_deleted_though_a_service_is_away_and_the_backend_is_killed(own: Platform) -> None:
    with closing(people.sign_in(own.url, "mar")) as mar, closing(people.sign_in(own.url, "ada")) as ada:
        save(ada, "Stays", "of Ada")
        save(mar, "Goes")
        person, hers, adas = me(mar), owned(own, me(mar)), owned(own, me(ada))
        draft = {"name": "a program", "permissions": ["documents:read"]}
        token = mar.post("/api/account/tokens", json=draft).json()["token"]
        _hang(own, "documents_worker")
        begun = mar.delete("/api/account")
        assert begun.status_code == 202
        refused = Revoked().refuses(partial(mar.get, "/api/documents"), status=403)
        assert refused.json()["type"] == "/docs/errors/account-deleting"
        program = {"Authorization": f"Bearer {token}"}
        assert httpx2.get(f"{own.url}/api/account", headers=program, trust_env=False).status_code == 401
        for part in ("backend", "backend_worker", "documents_worker"):
            own.kill(part)
        own.start("backend")
        own.start("backend_worker")
        state = mar.get("/api/account").json()
        assert (state["status"], state["deletion"]["begun_at"]) == ("deleting", begun.json()["begun_at"])
        assert owned(own, person) == hers

        assert _late(own, mar, "documents")
        own.start("documents_worker")
        until(lambda: all_erased(mar))
        assert owned(own, person) == 0
        with closing(
            database(own, "documents")
        ) as tables:  # what a request that was let in before still wrote
            kept = (
                new_id(),
                person,
                "Late",
                "",
                1,
                "2026-01-02 03:04:05.000000",
                "2026-01-02 03:04:05.000000",
            )
            tables.execute(
                "INSERT INTO documents (id, owner, title, body, version, created_at, updated_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                kept,
            )
        time_goes_by(own)
        assert eventually(mar, "/api/account", 401).status_code == 401
        assert owned(own, person) == 0
        assert owned(own, me(ada)) == adas

    with closing(people.sign_in(own.url, "mar")) as again:
        new = again.get("/api/account").json()
        assert (new["status"], new["deletion"]) == ("active", None)
        assert new["id"] != person
        assert again.get("/api/documents").json()["items"] == []
    with closing(database(own, "backend")) as tables:
        actions = tables.execute(
            "SELECT action, count(*) FROM audit WHERE target = ? AND action LIKE 'account.del%' GROUP BY 1",
            [person],
        ).fetchall()
    assert dict(actions) == {"account.deletion_begun": 1, "account.deleted": 1}


def _hang(platform: Platform, name: str) -> None:
    """Connections are taken, nothing is answered."""
    leader = platform.parts[name]._popen
    assert leader is not None
    for pid in [leader.pid, *(pid for pid, _ in descendants(leader.pid))]:
        os.kill(pid, signal.SIGSTOP)


def _late(platform: Platform, client: httpx2.Client, part: str) -> bool:
    """Whether it is told that this part takes too long; the pauses in between are not waited for."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if {"name": part, "state": "delayed"} in client.get("/api/account").json()["deletion"]["parts"]:
            return True
        time_goes_by(platform)
        time.sleep(1)
    return False

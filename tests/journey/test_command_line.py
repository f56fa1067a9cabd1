"""`zaguan` against the whole platform: signed in from a terminal, at work, signed out."""

import json
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.conftest import SignIn
from tests.support import admin, people
from tests.support.command_line import CODE, Machine
from tests.support.platform import Platform
from tests.support.promises import Revoked

NOTE = "# A *note* from here\n\nWith ñ, 漢, and a [bracket].\n"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def mar(signed_in: SignIn) -> httpx2.Client:
    return signed_in("mar")


def kept(machine: Machine) -> Any:
    return json.loads(machine.credentials.read_text())["profiles"]["default"]


def change_kept(machine: Machine, **changes: Any) -> None:
    told = json.loads(machine.credentials.read_text())
    told["profiles"]["default"] |= changes
    machine.credentials.write_text(json.dumps(told))


def programs(person: httpx2.Client) -> list[Any]:
    items: list[Any] = person.get("/api/account/programs").json()["items"]
    return items


def as_bearer(url: str, text: str, path: str = "/api/account") -> httpx2.Response:
    headers = {"Authorization": f"Bearer {text}"}
    return httpx2.get(f"{url}{path}", headers=headers, timeout=people.TIMEOUT, trust_env=False)


def test_a_person_signs_in_works_and_signs_out(stack: Platform, machine: Machine, mar: httpx2.Client) -> None:
    before = programs(mar)
    terminal = machine.sign_in(mar)
    assert f"{stack.url}/app/device" in terminal.text
    assert f"Signed in to {stack.url} as Mar" in terminal.text
    assert stat.S_IMODE(machine.credentials.stat().st_mode) == 0o600
    assert stat.S_IMODE(machine.credentials.parent.stat().st_mode) == 0o700
    given = kept(machine)
    assert not any(given[name] in terminal.text for name in ("access", "refresh"))
    assert "mar@demo.example" in machine.zaguan("whoami").out

    (machine.home / "note.md").write_text(NOTE)
    assert machine.zaguan("documents", "put", "note.md", "--tag", "terminal").code == 0
    (listed,) = machine.zaguan("documents", "list", "--tag", "terminal", "--json").json["items"]
    assert (listed["title"], listed["tags"]) == ("A *note* from here", ["terminal"])
    assert mar.get(f"/api/documents/{listed['id']}").json()["body"] == NOTE
    assert machine.zaguan("documents", "get", listed["id"]).out == NOTE

    (machine.home / "note.md").write_text(NOTE + "More.\n")
    again = machine.zaguan("documents", "put", "note.md", "--json").json
    assert (again["id"], again["tags"], again["etag"]) == (listed["id"], ["terminal"], '"2"')
    assert machine.zaguan("documents", "rm", listed["id"]).out == f"Deleted {listed['id']}\n"
    assert machine.zaguan("documents", "get", listed["id"]).code == 5

    assert machine.zaguan("logout").code == 0
    gone = Revoked()
    gone.refuses(partial(as_bearer, stack.url, given["access"]))
    assert machine.zaguan("whoami").code == 3
    assert before == programs(mar)


def test_the_person_sees_who_asks_and_their_no_is_told(machine: Machine, mar: httpx2.Client) -> None:
    with machine.terminal("login", str(mar.base_url), "--scope", "documents:read") as terminal:
        code = {"user_code": terminal.until(CODE)[1]}
        shown = mar.post("/api/account/programs/lookup", json=code).json()
        assert (shown["permissions"], shown["address"]) == (["documents:read"], "127.0.0.1")
        assert shown["user_agent"].startswith("zaguan/")
        assert mar.post("/api/account/programs/deny", json=code).status_code == 204
        assert terminal.end() == 4
    assert "The sign-in was refused." in terminal.text
    assert not machine.credentials.exists()


def test_a_program_may_no_more_than_it_was_given(machine: Machine, mar: httpx2.Client) -> None:
    machine.be_signed_in(mar, "documents:read")
    (machine.home / "x.md").write_text("x")
    assert machine.zaguan("documents", "list").code == 0
    refused = machine.zaguan("documents", "put", "x.md")
    assert (refused.code, "documents:write" in refused.err) == (4, True)
    assert machine.zaguan("token", "list").code == 4


def test_what_was_changed_meanwhile_is_not_overwritten(machine: Machine, mar: httpx2.Client) -> None:
    machine.be_signed_in(mar)
    file = machine.home / "shared.md"
    file.write_text("# Shared\n\nmine")
    saved = machine.zaguan("documents", "put", "shared.md", "--json").json
    other = {"title": "Shared", "body": "# Shared\n\nelsewhere", "tags": []}
    path = f"/api/documents/{saved['id']}"
    assert mar.put(path, json=other, headers={"If-Match": saved["etag"]}).status_code == 200
    refused = machine.zaguan("documents", "put", "shared.md")
    assert (refused.code, "changed meanwhile" in refused.err) == (6, True)
    assert mar.get(path).json()["body"] == other["body"]
    got = machine.zaguan("documents", "get", saved["id"], "-o", "shared.md")
    assert (got.code, file.read_text()) == (0, other["body"])
    file.write_text("# Shared\n\nboth")
    assert machine.zaguan("documents", "put", "shared.md").code == 0
    assert mar.put(path, json=other, headers={"If-Match": "*"}).status_code == 200
    assert machine.zaguan("documents", "put", "shared.md", "--force").code == 0
    assert mar.get(path).json()["body"] == "# Shared\n\nboth"
    assert mar.delete(path).status_code == 204
    anew = machine.zaguan("documents", "put", "shared.md", "--json")
    assert anew.json["id"] != saved["id"]
    assert "is gone" in anew.err


def test_failures_are_one_line_and_have_their_code(machine: Machine, mar: httpx2.Client) -> None:
    nobody = machine.zaguan("documents", "list")
    assert (nobody.code, nobody.err.count("\n"), "zaguan login" in nobody.err) == (3, 1, True)
    machine.be_signed_in(mar)
    (machine.home / "large.md").write_bytes(b"x" * 1_200_000)
    (machine.home / "huge.md").write_bytes(b"x" * 9_000_000)
    (machine.home / "binary.md").write_bytes(b"\xff\xfe\x00")
    (machine.home / "x.md").write_text("x")
    cases = (
        (["documents", "put", "large.md"], 7, "1 MB"),
        (["documents", "put", "huge.md"], 7, "larger"),
        (["documents", "put", "binary.md"], 7, "UTF-8"),
        (["documents", "put", "x.md", "--tag", "t" * 60], 7, "/tags/0"),
        (["documents", "put", "x.md", "--id", "../../account"], 5, ""),
        (["documents", "put", "none.md"], 2, "none.md"),
        (["documents", "get", "00000000-0000-7000-8000-000000000000"], 5, ""),
        (["documents", "list", "--limit", "0"], 2, ""),
        (["login", f"{mar.base_url}/app/documents", "--scope", "no:such"], 7, "no such permission"),
        (["login", "http://zaguan.example"], 2, "https"),
        (["login", "ftp://localhost"], 2, "address"),
        (["login", "http://127.0.0.1:9"], 8, "cannot be reached"),
        (["--profile", "../x", "whoami"], 2, "profile"),
        (["--profile", "other", "whoami"], 3, "zaguan login"),
    )
    for words, code, told in cases:
        done = machine.zaguan(*words)
        assert (done.code, told in done.err, done.out) == (code, True, ""), (words, done)
        assert "Traceback" not in done.err
        assert code == 2 or done.err.count("\n") == 1, done.err


def test_a_credential_that_has_run_out_is_renewed_without_a_word(
    machine: Machine, mar: httpx2.Client
) -> None:
    machine.be_signed_in(mar)
    before = kept(machine)
    change_kept(machine, expires_at=time.time() + 10)
    done = machine.zaguan("whoami")
    assert (done.code, done.err) == (0, "")
    assert kept(machine)["refresh"] != before["refresh"]
    change_kept(machine, access="zga_not-good-any-more")
    assert machine.zaguan("whoami").code == 0


def test_many_processes_that_renew_at_once_all_go_on(machine: Machine, mar: httpx2.Client) -> None:
    """A refresh credential is good once: without the lock on the file all but one would be signed out."""
    machine.be_signed_in(mar)
    there = programs(mar)
    change_kept(machine, expires_at=0)
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: machine.zaguan("whoami", "--json"), range(6)))
    assert [(d.code, d.err) for d in done] == [(0, "")] * 6
    assert machine.zaguan("whoami").code == 0
    assert [program["id"] for program in programs(mar)] == [program["id"] for program in there]


def test_a_stolen_refresh_credential_ends_the_program_for_both(
    stack: Platform, machine: Machine, mar: httpx2.Client
) -> None:
    machine.be_signed_in(mar)
    stolen = kept(machine)["refresh"]
    change_kept(machine, expires_at=0)
    assert machine.zaguan("whoami").code == 0
    form = {"client_id": "zaguan", "grant_type": "refresh_token", "refresh_token": stolen}
    thief = httpx2.post(f"{stack.url}/oauth/token", data=form, trust_env=False)
    assert (thief.status_code, thief.json()["error"]) == (400, "invalid_grant")
    Revoked().refuses(partial(as_bearer, stack.url, kept(machine)["access"]))
    done = machine.zaguan("whoami")
    assert (done.code, f"zaguan login {stack.url}" in done.err) == (3, True)
    assert "program.credential_reused" in [
        entry["action"] for entry in mar.get("/api/account/audit").json()["items"]
    ]


def test_signed_out_by_their_person_within_two_seconds(
    stack: Platform, machine: Machine, mar: httpx2.Client
) -> None:
    machine.be_signed_in(mar)
    assert machine.zaguan("documents", "list").code == 0
    program = programs(mar)[0]
    assert mar.delete(f"/api/account/programs/{program['id']}").status_code == 204
    Revoked().refuses(partial(as_bearer, stack.url, kept(machine)["access"], "/api/documents"))
    assert machine.zaguan("documents", "list").code == 3


def test_a_second_sign_in_ends_the_first_and_profiles_live_side_by_side(
    machine: Machine, mar: httpx2.Client, signed_in: SignIn
) -> None:
    machine.be_signed_in(mar)
    first = programs(mar)[0]["id"]
    machine.sign_in(mar)
    assert first not in [program["id"] for program in programs(mar)]
    machine.sign_in(signed_in("ada"), "--profile", "ada")
    assert "Mar" in machine.zaguan("whoami").out
    assert "Ada" in machine.zaguan("whoami", "--profile", "ada").out


def test_access_tokens_are_for_scripts(stack: Platform, machine: Machine, mar: httpx2.Client) -> None:
    machine.be_signed_in(mar)
    draft = {"name": "for a script", "permissions": ["documents:read"]}
    made = mar.post("/api/account/tokens", json=draft).json()
    script = Machine(
        machine.home / "script", {"ZAGUAN_TOKEN": made["token"], "ZAGUAN_URL": f"{stack.url}/app"}
    )
    script.home.mkdir()
    assert script.zaguan("documents", "list").code == 0
    assert script.zaguan("documents", "put", "-", "--title", "x", stdin=b"x").code == 4
    assert script.zaguan("token", "list").code == 4
    assert not script.credentials.exists()
    assert "for a script" in machine.zaguan("token", "list").out
    assert machine.zaguan("token", "create", "--json").json == {"page": f"{stack.url}/app/account/tokens/new"}
    assert machine.zaguan("token", "revoke", made["id"]).code == 0
    Revoked().refuses(partial(as_bearer, stack.url, made["token"], "/api/documents"))
    assert script.zaguan("documents", "list").code == 3


def test_who_is_suspended_is_refused_within_two_seconds(
    stack: Platform, machine: Machine, mar: httpx2.Client
) -> None:
    """While the program asks all the time; it gets nothing new either."""
    machine.be_signed_in(mar)
    given = kept(machine)
    ask = partial(as_bearer, stack.url, given["access"], "/api/documents")
    assert ask().status_code == 200
    admin.run(stack, "users", "suspend", "mar@demo.example")
    try:
        Revoked().refuses(ask)
        for _ in range(20):
            assert ask().status_code == 401
            time.sleep(0.05)
        form = {"client_id": "zaguan", "grant_type": "refresh_token", "refresh_token": given["refresh"]}
        renewed = httpx2.post(f"{stack.url}/oauth/token", data=form, trust_env=False)
        assert renewed.json()["error"] == "invalid_grant"
        assert machine.zaguan("whoami").code == 3
    finally:
        admin.run(stack, "users", "reactivate", "mar@demo.example")
    assert as_bearer(stack.url, given["access"]).status_code == 401

"""Not one secret in clear: in no database, in no log, and in no answer but the one that hands it over."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import httpx2
import pytest

from backend.google.service import refresh_context
from backend.vault import Vault
from demo_idp.accounts import CALENDAR
from tests.support import people
from tests.support.platform import Platform, running_platform
from tests.support.programs import ask, begin, let_in, refresh


@dataclass
class Run:
    """What one person and their programs do, with every answer and every secret met on the way."""

    url: str
    answers: list[tuple[str, str]] = field(default_factory=list)
    """Method and path, and all of the answer."""
    secrets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By what it is: its text, and the beginning of the only `METHOD /path` whose answer may hold it."""

    def client(self, token: str = "") -> httpx2.Client:
        client = people.visitor(self.url)
        client.headers.update({"Authorization": f"Bearer {token}"} if token else {})
        return self.watch(client)

    def watch(self, client: httpx2.Client) -> httpx2.Client:
        client.event_hooks["response"].append(self._note)
        return client

    def _note(self, answer: httpx2.Response) -> None:
        answer.read()
        told = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
        self.answers.append(
            (f"{answer.request.method} {answer.request.url.path}", f"{told}\n\n{answer.text}")
        )

    def met(self, what: str, text: str, where: str = "nowhere") -> str:
        assert len(text) >= 8, what
        self.secrets[what] = (text, where)
        return text

    def told_elsewhere(self) -> list[tuple[str, str]]:
        """Secrets that an answer held that had no business with them."""
        return [
            (what, asked)
            for what, (text, where) in self.secrets.items()
            for asked, answer in self.answers
            if text in answer and not asked.startswith(where)
        ]


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    """A platform that says all that it can say."""
    with running_platform({"LOG_LEVEL": "DEBUG"}) as platform:
        yield platform


@pytest.fixture(scope="module")
def run(own: Platform) -> Iterator[Run]:
    run = Run(own.url)
    for file in own.stack.secrets.iterdir():
        run.met(file.name, file.read_text().strip())
    with closing(run.watch(people.sign_in(own.url, "ada"))) as ada:
        run.met("session cookie", ada.cookies["__Host-session"], "GET /auth/callback")
        _everyday(ada)
        _access_token(run, ada)
        _program(run, ada)
        _invitation(run, ada)
        _google(run, own, ada)
        _mistakes(run, ada)
        _inside(run, own, ada)
        assert ada.get("/api/account/export").status_code == 200
        assert ada.post("/auth/logout").status_code == 204
        yield run


def test_no_answer_tells_a_secret_to_who_has_not_asked_for_it(run: Run) -> None:
    assert len(run.answers) > 20
    assert run.told_elsewhere() == []


def test_no_log_holds_a_secret(own: Platform, run: Run) -> None:
    logs = {name: own.logs(name) for name in own.parts}
    assert all(logs[name] for name in ("gateway", "backend", "documents"))
    unsaid = {what: text for what, (text, _) in run.secrets.items()} | {"e-mail address": "ada@demo.example"}
    assert [(what, name) for what, text in unsaid.items() for name in logs if text in logs[name]] == []


def test_no_database_holds_a_secret(own: Platform, run: Run) -> None:
    """The demo provider's own store apart: it stands for somebody else's."""
    kept = (file for file in own.stack.data.rglob("*") if file.is_file())
    files = [file for file in kept if not file.name.startswith("demo_idp")]
    assert {"backend.db", "documents.db"} <= {file.name for file in files}
    dump = b"".join(file.read_bytes() for file in files)
    assert b"ada@demo.example" in dump  # the reading works
    assert [what for what, (text, _) in run.secrets.items() if text.encode() in dump] == []


def _everyday(ada: httpx2.Client) -> None:
    saved = ada.post("/api/documents", json={"title": "A canary", "body": "sings", "tags": []})
    assert saved.status_code == 201
    for path in ("", "/sessions", "/tokens", "/programs", "/audit"):
        assert ada.get(f"/api/account{path}").status_code == 200
    for path in ("users", "roles", "invitations", "audit", "audit/export", "audit/overview"):
        assert ada.get(f"/api/admin/{path}").status_code == 200


def _access_token(run: Run, ada: httpx2.Client) -> None:
    draft = {"name": "canary", "permissions": ["documents:read"]}
    made = ada.post("/api/account/tokens", json=draft).json()
    run.met("access token", made["token"], "POST /api/account/tokens")
    with run.client(made["token"]) as program:
        assert program.get("/api/documents").status_code == 200


def _invitation(run: Run, ada: httpx2.Client) -> None:
    """Made by her, and tried by her, though it is for somebody else."""
    made = ada.post("/api/admin/invitations", json={"email": "canary@demo.example"}).json()
    code = run.met("invitation", made["link"].rpartition("/")[2], "POST /api/admin/invitations")
    assert ada.get(f"/app/invitations/{code}").status_code == 200
    assert ada.post(f"/api/invitations/{code}").status_code == 403


def _program(run: Run, ada: httpx2.Client) -> None:
    with run.client() as program:
        begun = begin(program)
        run.met("device code", begun["device_code"], "POST /oauth/device_authorization")
        run.met("user code", begun["user_code"], "POST /oauth/device_authorization")
        assert ada.get("/app/device", params={"user_code": begun["user_code"]}).status_code == 200
        let_in(ada, begun)
        first = ask(program, begun).json()
        second = refresh(program, first["refresh_token"]).json()
    for which, told in (("first", first), ("second", second)):
        for kind in ("access_token", "refresh_token"):
            run.met(f"{which} {kind} of a program", told[kind], "POST /oauth/token")
    with run.client(second["access_token"]) as program:
        assert program.get("/api/documents").status_code == 200


def _google(run: Run, own: Platform, ada: httpx2.Client) -> None:
    begun = ada.post("/api/account/google", json={"scopes": ["calendar.readonly"]}).json()
    asked = ada.get(begun["location"])
    page = ada.get(asked.headers["location"])
    chosen = ada.post(str(page.url), data={"account": "ada", "grant": [CALENDAR]})
    assert ada.get(chosen.headers["location"]).status_code == 303
    assert ada.get("/api/account/google").json()["connected"] is True
    with closing(sqlite3.connect(own.stack.data / "backend.db")) as tables:
        person, sealed = tables.execute(
            "SELECT user_id, sealed_refresh_token FROM google_connections"
        ).fetchone()
    vault = Vault(run.secrets["master-key"][0].split())
    run.met("refresh token of Google", vault.open(refresh_context(person), sealed))


def _mistakes(run: Run, ada: httpx2.Client) -> None:
    """Secrets where they do not belong."""
    token = run.secrets["access token"][0]
    cookie = run.secrets["session cookie"][0]
    with run.client("zgn_" + token[5:]) as wrong, run.client() as visitor:
        assert wrong.get("/api/documents").status_code == 401
        assert visitor.get("/api/documents", params={"access_token": token}).status_code == 401
        assert visitor.get("/auth/callback", params={"code": token, "state": cookie}).status_code == 400
    assert ada.post("/api/documents", json={"title": 7, "body": token, "tags": cookie}).status_code == 422
    assert ada.post("/oauth/token", data={"refresh_token": token}).status_code == 400


def _inside(run: Run, own: Platform, ada: httpx2.Client) -> None:
    """The identity token that the gateway gets: nobody outside ever sees one, or its signature."""
    cookie = ada.cookies["__Host-session"]
    headers = {"X-Audience": "documents", "Cookie": f"__Host-session={cookie}"}
    answer = httpx2.get(f"{own.direct('backend')}/internal/authorize", headers=headers, trust_env=False)
    token = run.met("identity token", answer.headers["X-Identity-Token"])
    run.met("signature of an identity token", token.rpartition(".")[2])

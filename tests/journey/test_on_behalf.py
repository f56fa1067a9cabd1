"""What a person began goes on without them, for as long as they may: gateway → press → queue → worker → documents."""

import json
import sqlite3
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from scripts import processes
from scripts.ports import free_block
from scripts.processes import Running
from servicekit.events import Event
from servicekit.events.embedded import Embedded
from servicekit.events.line import REASON, Letter
from servicekit.exchange import GRANT, JWT
from servicekit.ids import new_id
from servicekit.message_tokens import HEADER, KIND, TYPE
from servicekit.service_key import ServiceKey
from servicekit.testing import by_hand
from tests.support import admin, contracts, people
from tests.support.attacks import Attacks, Kind
from tests.support.contracts import More
from tests.support.own_service import cookie_of, running_gateway, running_service, running_worker
from tests.support.platform import READY_WITHIN, Platform, running_platform
from tests.support.waiting import until

PRINT, OTHER, PLAIN, QUEUE = "press.print_queued.v1", "press.other.v1", "press.plain.v1", "press.jobs"
MORE = More(
    exchanges={"press.events": [PRINT, OTHER, PLAIN]},
    queues={QUEUE: [PRINT, PLAIN], "shelf.jobs": [OTHER]},
    policy={
        "[messages]": f'"{PRINT}" = ["documents:read"]\n"{OTHER}" = ["documents:read"]\n',
        "[exchange]": '[exchange.press]\ndocuments = ["documents:read"]\n',
        "[audiences]": 'press = ["documents:read", "documents:write"]\nshelf = ["documents:read"]\n',
    },
)
PRESS = """\
from flask import request
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from servicekit import Ended, acting, as_user, create_service
from servicekit.database import Database
from servicekit.events import Event, on_behalf, publish, worker
from servicekit.events.tables import add_to
from servicekit.operations.desk import Desk
from servicekit.operations.room import room
from servicekit.problems import Forbidden
from servicekit.settings import Settings

METADATA = MetaData()
add_to(METADATA)
PRINTED = Table(
    "printed", METADATA, Column("number", Integer, primary_key=True), Column("event", String(36)),
    Column("outcome", String(300)), Column("acted", String(200)),
)
settings = Settings.from_environment()
database = Database(settings.database_url)
METADATA.create_all(database.engine)
app = create_service("press", settings, rooms=[room(Desk("press", database, settings))])


@app.post("/api/press/prints")
def queue():
    told = Event.of("press.print_queued.v1", request.get_json()["document"])
    token = on_behalf(told)
    with database.write() as tx:
        publish(tx, told, on_behalf_of=token)
    return {"event": told.id, "token": token.text}, 202  # no service tells this: here it is to be stolen


def print_it(tx, event):
    acted = ""
    try:
        with acting(event.on_behalf_of) as bearer:
            acted = f"{bearer.identity().subject} {' '.join(bearer.identity().actors)}"
            outcome = as_user("documents").get(f"/{event.subject}").json()["title"]
    except Ended as end:
        outcome = f"ended: {end.reason}"
    except Forbidden:
        outcome = "forbidden"
    tx.execute(insert(PRINTED).values(event=event.id, outcome=outcome, acted=acted))


def nothing(tx, event):
    tx.execute(insert(PRINTED).values(event=event.id, outcome="plain", acted=""))


if __name__ == "__main__":
    handlers = {"press.print_queued.v1": print_it, "press.plain.v1": nothing}
    worker.run("press", settings, database, {"press.jobs": handlers})
"""


@dataclass(frozen=True)
class House:
    platform: Platform
    door: str
    worker: Running
    database: Path

    def line(self) -> Embedded:
        return Embedded(Path(self.platform.stack.data / "events"))

    def put(self, told: Event, token: Any = None, body: str | None = None) -> str:
        """Straight into the queue, as who has the broker's password; the event's id."""
        line = self.line()
        line.open()
        headers = {} if token is None else {HEADER: token}
        line._put([Letter("press.events", told.type, body or told.as_json(), headers, told.id)])
        line.close()
        return told.id

    def dead_letters(self) -> dict[str, str]:
        """Event → reason."""
        line, found = self.line(), dict[str, str]()
        line.open(f"{QUEUE}.dead")
        while letters := line.receive(0.3):
            for letter in letters:
                found[letter.event_id] = str(letter.headers[REASON])
                line.done(letter)
        line.close()
        return found

    def outcomes(self, *events: str) -> list[str]:
        """Of these, all that was done for them, in order."""
        with closing(sqlite3.connect(self.database)) as tables:
            rows = tables.execute("SELECT event, outcome FROM printed ORDER BY number").fetchall()
        return [outcome for event, outcome in rows if event in events]

    def acted(self, event: str) -> str:
        with closing(sqlite3.connect(self.database)) as tables:
            (found,) = tables.execute("SELECT acted FROM printed WHERE event = ?", [event]).fetchone()
        return str(found)

    def key(self, name: str) -> ServiceKey:
        return ServiceKey.read(self.platform.stack.secrets, name)

    def identity(self, audience: str, credential: dict[str, str]) -> str:
        """What the gateway sends on: asked for as it does."""
        asked = f"{self.platform.direct('backend')}/internal/authorize"
        answer = httpx2.get(asked, headers={"X-Audience": audience, **credential}, trust_env=False)
        return str(answer.headers["X-Identity-Token"])

    def ask(self, service: str, subject_token: str, audience: str, **changes: str) -> httpx2.Response:
        form = {"grant_type": GRANT, "subject_token": subject_token, "subject_token_type": JWT}
        form |= {"audience": audience} | self.key(service).form(self.platform.url) | changes
        return httpx2.post(f"{self.platform.direct('backend')}/internal/token", data=form, trust_env=False)

    def stop_worker(self) -> None:
        self.worker.stop()

    def start_worker(self) -> None:
        processes.start([self.worker], READY_WITHIN)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("press")
    (folder / "press.py").write_text(PRESS)
    told = contracts.write(folder, MORE)
    with ExitStack() as stack:
        stack.enter_context(contracts.known(told))
        port = free_block(1)
        peers = f"press=http://127.0.0.1:{port}"
        settings = {"POLICY_FILE": str(told / "policy.toml"), "AI": "off", "PEERS": peers}
        platform = stack.enter_context(running_platform(settings, contracts.library(told)))
        database = folder / "press.db"
        own = {"DATABASE_URL": f"sqlite:///{database}"}
        press = stack.enter_context(running_service(platform, "press", folder, folder, own, port))
        worker = stack.enter_context(
            running_worker(platform, "press", folder, tmp_path_factory.mktemp("worker"), own)
        )
        door = stack.enter_context(
            running_gateway(platform, "press", press, tmp_path_factory.mktemp("gateway"))
        )
        yield House(platform, door, worker, database)


@pytest.fixture
def mar(house: House) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(house.platform.url, "mar")) as mar:
        yield mar


@pytest.fixture
def waiting(house: House) -> Iterator[House]:
    """What is queued waits meanwhile: the worker is started again by `go_on`."""
    house.stop_worker()
    yield house
    if house.worker.exit_code is not None:
        house.start_worker()


def save(person: httpx2.Client, title: str) -> str:
    answer = person.post("/api/documents", json={"title": title, "body": "", "tags": []})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def queue(house: House, document: str, credential: dict[str, str]) -> dict[str, str]:
    """The event that was told, and its token."""
    headers = {**credential, "Sec-Fetch-Site": "same-origin"}
    answer = httpx2.post(
        f"{house.door}/api/press/prints", json={"document": document}, headers=headers, trust_env=False
    )
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def access_token(person: httpx2.Client, *permissions: str) -> tuple[str, dict[str, str]]:
    made = person.post("/api/account/tokens", json={"name": "press", "permissions": list(permissions)})
    assert made.status_code == 201, made.text
    return made.json()["id"], {"Authorization": f"Bearer {made.json()['token']}"}


def test_what_was_begun_is_done_as_the_person(house: House, mar: httpx2.Client) -> None:
    document = save(mar, "To be printed")
    told = queue(house, document, cookie_of(mar))
    until(lambda: house.outcomes(told["event"]) != [])
    assert house.outcomes(told["event"]) == ["To be printed"]
    assert house.acted(told["event"]) == f"{mar.get('/api/account').json()['id']} press"


def test_what_is_anothers_is_not_found_through_the_queue_either(house: House, mar: httpx2.Client) -> None:
    with closing(people.sign_in(house.platform.url, "ada")) as ada:
        document = save(ada, "Ada's")
    told = queue(house, document, cookie_of(mar))
    until(lambda: told["event"] in house.dead_letters())
    assert house.outcomes(told["event"]) == []


def test_one_that_comes_again_is_dropped(house: House, mar: httpx2.Client) -> None:
    document = save(mar, "Once")
    told = queue(house, document, cookie_of(mar))
    until(lambda: house.outcomes(told["event"]) != [])
    event = replace(Event.of(PRINT, document), id=told["event"])
    for _ in range(3):
        house.put(event, told["token"])
    last = queue(house, document, cookie_of(mar))
    until(lambda: house.outcomes(last["event"]) != [])
    assert house.outcomes(told["event"]) == ["Once"]


LETTERS = "/api/admin/operations/press/dead-letters"


@pytest.fixture
def ada(house: House) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(house.platform.url, "ada")) as ada:
        yield ada


def buried(house: House, told: dict[str, str], document: str) -> None:
    """What was queued is a dead letter, as if it had failed until the day before."""
    with closing(sqlite3.connect(house.database)) as tables, tables:
        tables.execute("DELETE FROM outbox WHERE event_id = ?", [told["event"]])
    event = replace(Event.of(PRINT, document), id=told["event"])
    line = house.line()
    line.open()
    headers = {HEADER: told["token"], REASON: "failed 5 times, at last with KeyError"}
    line._put([Letter("press.dead", QUEUE, event.as_json(), headers, event.id)])
    line.close()


def letter_of(ada: httpx2.Client, event: str) -> dict[str, Any]:
    items = ada.get(LETTERS, params={"queue": QUEUE}).json()["items"]
    (found,) = (letter for letter in items if letter["event_id"] == event)
    return dict(found)


def test_a_dead_letter_that_is_sent_again_acts_for_its_person_with_a_new_token(
    waiting: House, mar: httpx2.Client, ada: httpx2.Client
) -> None:
    document = save(mar, "Printed at last")
    told = queue(waiting, document, cookie_of(mar))
    buried(waiting, told, document)
    letter = letter_of(ada, told["event"])
    assert letter["on_behalf"]
    assert ada.post(f"{LETTERS}/{letter['id']}/again").status_code == 204
    with closing(sqlite3.connect(waiting.database)) as tables:
        ((headers,),) = tables.execute("SELECT headers FROM dead_letters WHERE id = ?", [letter["id"]])
    assert json.loads(headers)[HEADER] != told["token"]
    waiting.start_worker()
    until(lambda: waiting.outcomes(told["event"]) != [])
    assert waiting.outcomes(told["event"]) == ["Printed at last"]
    assert waiting.acted(told["event"]) == f"{mar.get('/api/account').json()['id']} press"
    assert ada.get(LETTERS, params={"queue": QUEUE}).json()["items"] == []


def test_for_who_was_suspended_nothing_is_sent_again(
    waiting: House, mar: httpx2.Client, ada: httpx2.Client
) -> None:
    document = save(mar, "Never printed")
    told = queue(waiting, document, cookie_of(mar))
    buried(waiting, told, document)
    suspend_for_a_moment(waiting, mar)
    letter = letter_of(ada, told["event"])
    refused = ada.post(f"{LETTERS}/{letter['id']}/again")
    assert (refused.status_code, "Drop it" in refused.json()["detail"]) == (409, True)
    assert letter_of(ada, told["event"])["state"] == "waiting"
    assert ada.delete(f"{LETTERS}/{letter['id']}").status_code == 204
    asked: dict[str, str | int] = {"action": "operations.", "limit": 3}
    actions = [entry["action"] for entry in ada.get("/api/admin/audit", params=asked).json()["items"]]
    assert actions == ["operations.dropped", "operations.refused", "operations.sent_again"]


def end_nothing(_house: House, _mar: httpx2.Client) -> None:
    """They are still there."""


def sign_out(_house: House, mar: httpx2.Client) -> None:
    assert mar.post("/auth/logout").status_code == 204


def sign_out_everywhere(_house: House, mar: httpx2.Client) -> None:
    assert mar.delete("/api/account/sessions").status_code == 204


def suspend(house: House, mar: httpx2.Client) -> None:
    admin.run(house.platform, "users", "suspend", mar.get("/api/account").json()["id"])


def suspend_for_a_moment(house: House, mar: httpx2.Client) -> None:
    person = mar.get("/api/account").json()["id"]
    admin.run(house.platform, "users", "suspend", person)
    admin.run(house.platform, "users", "reactivate", person)


def take_role(house: House, mar: httpx2.Client) -> None:
    admin.run(house.platform, "users", "take", mar.get("/api/account").json()["id"], "member")


@pytest.mark.parametrize(
    ("meanwhile", "outcome"),
    [
        (end_nothing, "Waits"),
        (sign_out, "Waits"),
        (sign_out_everywhere, "ended: ended"),
        (suspend, "ended: ended"),
        (suspend_for_a_moment, "ended: ended"),
        (take_role, "forbidden"),
    ],
)
def test_what_waits_does_what_its_person_still_may(
    waiting: House, mar: httpx2.Client, meanwhile: Callable[[House, httpx2.Client], None], outcome: str
) -> None:
    person = mar.get("/api/account").json()["id"]
    told = queue(waiting, save(mar, "Waits"), cookie_of(mar))
    meanwhile(waiting, mar)
    try:
        waiting.start_worker()
        until(lambda: waiting.outcomes(told["event"]) != [])
        assert waiting.outcomes(told["event"]) == [outcome]
    finally:
        if meanwhile is suspend:
            admin.run(waiting.platform, "users", "reactivate", person)
        if meanwhile is take_role:
            admin.run(waiting.platform, "users", "give", person, "member")


def test_a_revoked_access_token_takes_with_it_what_it_began(waiting: House, mar: httpx2.Client) -> None:
    document = save(mar, "By a program")
    (revoked, gone), (_, kept) = (access_token(mar, "documents:read") for _ in range(2))
    first, second = queue(waiting, document, gone), queue(waiting, document, kept)
    assert mar.delete(f"/api/account/tokens/{revoked}").status_code == 204
    waiting.start_worker()
    until(lambda: len(waiting.outcomes(first["event"], second["event"])) == 2)
    assert waiting.outcomes(first["event"]) == ["ended: ended"]
    assert waiting.outcomes(second["event"]) == ["By a program"]


def test_of_a_hundred_that_wait_for_who_is_suspended_none_acts(waiting: House) -> None:
    with closing(people.sign_in(waiting.platform.url, "mar")) as mar:
        document, person = save(mar, "Never"), mar.get("/api/account").json()["id"]
        told = [queue(waiting, document, cookie_of(mar))["event"] for _ in range(100)]
    admin.run(waiting.platform, "users", "suspend", person)
    try:
        waiting.start_worker()
        until(lambda: len(waiting.outcomes(*told)) == 100)
    finally:
        admin.run(waiting.platform, "users", "reactivate", person)
    assert waiting.outcomes(*told) == ["ended: ended"] * 100


def test_a_backend_that_is_away_costs_no_message(waiting: House, mar: httpx2.Client) -> None:
    """Longer than five tries would take."""
    told = queue(waiting, save(mar, "Later"), cookie_of(mar))
    waiting.platform.stop("backend")
    try:
        waiting.start_worker()
        time.sleep(8)
        assert waiting.outcomes(told["event"]) == []
    finally:
        waiting.platform.start("backend")
    until(lambda: waiting.outcomes(told["event"]) != [])
    assert waiting.outcomes(told["event"]) == ["Later"]
    assert told["event"] not in waiting.dead_letters()


def test_every_attack_over_the_queue_is_a_dead_letter(
    house: House, mar: httpx2.Client, attacks: Attacks
) -> None:
    """With the broker's password of press itself, even."""
    document = save(mar, "Stolen")
    identity = house.identity("press", cookie_of(mar))
    stolen = queue(house, document, cookie_of(mar))
    until(lambda: house.outcomes(stolen["event"]) != [])
    keys = httpx2.get(f"{house.platform.url}/.well-known/jwks.json", trust_env=False).json()
    claims = jwt.decode(stolen["token"], KeySet.import_key_set(keys), algorithms=["ES256"]).claims
    kid = kid_of(stolen["token"])
    public = next(key for key in keys["keys"] if key["kid"] == kid)
    own = ECKey.generate_key("P-256", {"kid": public["kid"]})

    def forged(event: str, **changes: Any) -> str:
        header = {"alg": "ES256", "kid": public["kid"], "typ": TYPE}
        return jwt.encode(header, claims | {"event_id": event} | changes, own)

    def made_for(event: str, kind: str) -> str:
        wished = {"requested_token_type": KIND, "event_id": event}
        return str(house.ask("press", identity, kind, **wished).json()["access_token"])

    def hashed(event: str) -> str:
        word = ECKey.import_key(public).as_pem(private=False)
        return by_hand({"kid": public["kid"], "typ": TYPE}, claims | {"event_id": event}, word)

    over = {"iat": int(time.time()) - 90000, "exp": int(time.time()) - 3600}
    tokens: dict[str, Callable[[str], Any]] = {
        "no token": lambda _: None,
        "the token of another event": lambda _: stolen["token"],
        "a token of another type": lambda event: made_for(event, OTHER),
        "the identity token": lambda _: identity,
        "a key of one's own": forged,
        "a key of one's own, expired": lambda event: forged(event, **over),
        "without a signature": lambda event: by_hand(
            {"kid": public["kid"], "typ": TYPE}, claims | {"event_id": event}
        ),
        "signed with the public key": hashed,
        "another event's id written into it": lambda event: _rewritten(stolen["token"], event),
        "a word": lambda _: "mar",
        "a cookie": lambda _: mar.cookies["__Host-session"],
    }
    put = {}
    for what, make in tokens.items():
        told = Event.of(PRINT, document)
        put[what] = house.put(told, make(told.id))
    plain = Event.of(PLAIN, document)
    put["a token where none belongs"] = house.put(plain, stolen["token"])
    other = Event.of(PRINT, document)
    token = made_for(other.id, PRINT)
    put["a good token, another body"] = house.put(other, token, replace(other, id=new_id()).as_json())
    found = dict[str, str]()

    def all_buried() -> bool:
        found.update(house.dead_letters())
        return set(put.values()) <= set(found)

    until(all_buried)
    for what, event in put.items():
        print(found[event])
        attacks.note(Kind.MESSAGE, what, ("buried", house.outcomes(event)), ("buried", []))
    good = house.put(replace(other, id=other.id), token)
    until(lambda: house.outcomes(good) == ["Stolen"])


def _rewritten(token: str, event: str) -> str:
    """Other claims under the old signature."""
    header, body, signature = token.split(".")
    claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))) | {"event_id": event}
    text = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{header}.{text}.{signature}"


def test_every_attack_on_the_exchange_is_refused(house: House, mar: httpx2.Client, attacks: Attacks) -> None:
    identity, document = house.identity("press", cookie_of(mar)), save(mar, "Borrowed")
    stolen = queue(house, document, cookie_of(mar))["token"]
    elsewhere = house.identity("shelf", cookie_of(mar))
    wish = {"requested_token_type": KIND, "event_id": new_id()}
    message = {"subject_token_type": KIND}
    refused = {
        "shelf, which does not hear it, borrows it": (house.ask("shelf", stolen, "shelf", **message), "invalid_target"),
        "documents borrows it": (house.ask("documents", stolen, "documents", **message), "invalid_target"),
        "press goes straight to documents": (house.ask("press", stolen, "documents", **message), "invalid_target"),
        "press goes to the backend": (house.ask("press", stolen, "backend", **message), "invalid_target"),
        "it is shown as an identity token": (house.ask("press", stolen, "documents"), "invalid_request"),
        "a new one is asked for with it": (house.ask("press", stolen, PRINT, **message, **wish), "invalid_request"),
        "shelf asks for press's event": (house.ask("shelf", elsewhere, PRINT, **wish), "invalid_target"),
        "press asks for another's event": (house.ask("press", identity, "user.deleted.v1", **wish), "invalid_target"),
        "press asks for one that speaks for nobody": (house.ask("press", identity, PLAIN, **wish), "invalid_target"),
        "press asks for more": (house.ask("press", identity, PRINT, **wish, scope="documents:write"), "invalid_scope"),
        "as itself, where it has nothing to do": (
            house.ask("press", "", "documents", grant_type="client_credentials"), "invalid_request"),
    }  # fmt: skip
    for what, (answer, error) in refused.items():
        attacks.note(Kind.BEYOND, what, (answer.status_code, answer.json().get("error", "")), (400, error))
    for service in ("documents", "backend"):
        bearer = {"Authorization": f"Bearer {stolen}"}
        path = "/api/documents" if service == "documents" else "/api/account"
        direct = httpx2.get(f"{house.platform.direct(service)}{path}", headers=bearer, trust_env=False)
        attacks.note(Kind.ELSEWHERE, f"a message token at {service}", direct.status_code, 401)


def test_what_waits_outlives_the_key_that_signed_it(waiting: House, mar: httpx2.Client) -> None:
    """A rotation with no lead, and the overlap that there normally is."""
    told = queue(waiting, save(mar, "Under the old key"), cookie_of(mar))
    kid = kid_of(told["token"])
    admin.run(waiting.platform, "keys", "rotate", "--lead", "0")
    time.sleep(6)  # processes look at the table every five seconds, each for itself
    until(lambda: all(kid_of(waiting.identity("press", cookie_of(mar))) != kid for _ in range(10)))
    new = queue(waiting, save(mar, "Under the new key"), cookie_of(mar))
    assert kid_of(new["token"]) != kid
    waiting.start_worker()
    until(lambda: len(waiting.outcomes(told["event"], new["event"])) == 2)
    assert sorted(waiting.outcomes(told["event"], new["event"])) == ["Under the new key", "Under the old key"]
    listed = admin.run(waiting.platform, "keys", "list")
    assert "is gone at" in listed


def kid_of(token: str) -> str:
    head = token.partition(".")[0]
    return str(json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"])


def test_no_log_holds_a_message_token(house: House, mar: httpx2.Client) -> None:
    told = queue(house, save(mar, "Quiet"), cookie_of(mar))
    until(lambda: house.outcomes(told["event"]) != [])
    logs = [house.platform.logs(name) for name in house.platform.parts] + [house.worker.log.read_text()]
    assert not any(told["token"].rpartition(".")[2] in text for text in logs)

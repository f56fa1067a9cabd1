"""Message tokens and what services do as themselves: what each of them says, and everybody who gets none."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from sqlalchemy import update

from backend.app import create_app
from backend.audit import service as audit
from backend.context import Backend
from backend.door import service as door
from backend.exchange.schemas import JWT, MESSAGE, OWN_GRANT
from backend.keys import service as keys
from backend.migrate import bring_up_to_date
from backend.people import service as people
from backend.people.models import ACTIVE, DELETING, PENDING, SUSPENDED, User
from backend.policy import BadPolicy, read_policy
from backend.settings import BackendSettings
from backend.tests.callers import Caller, of_access_token, of_cookie, of_visitor, set_status
from backend.tests.conftest import HERE, Person, at_the_door, authorize, entries, secrets_in, sign_in, user_of
from backend.tests.programs import connect, post
from servicekit.identity import Verifier
from servicekit.ids import new_id
from servicekit.message_tokens import TYPE
from servicekit.operations.room import MANAGE, SEND_AGAIN
from servicekit.service_key import PRIVATE, PUBLIC
from servicekit.testing import by_hand
from tests.support import contracts
from tests.support.attacks import Attacks, Kind
from tests.support.contracts import More
from tests.support.databases import NewDatabase

Somebody = Callable[[str], Person]
Callers = Callable[[str], Caller]
TOLD, OTHER, PLAIN = "shelf.job_queued.v1", "shelf.other.v1", "shelf.plain.v1"
SERVICES = ("shelf", "press", "attic", "documents")
MORE = More(
    exchanges={"shelf.events": [TOLD, OTHER, PLAIN], "press.events": ["press.done.v1"]},
    queues={"press.jobs": [TOLD], "shelf.jobs": [TOLD], "attic.jobs": [OTHER]},
    policy={
        "[messages]": f'"{TOLD}" = ["documents:read", "documents:write"]\n"{OTHER}" = ["documents:read"]\n'
        '"press.done.v1" = ["documents:read"]\n',
        "[platform]": '[platform.press]\ndocuments = ["documents:index", "documents:more"]\n',
        "[exchange]": '[exchange.press]\ndocuments = ["documents:read"]\n',
        "[audiences]": 'shelf = ["documents:read"]\npress = ["documents:read", "documents:write"]\n',
    },
)


@pytest.fixture(scope="module")
def app(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[APIFlask]:
    """A backend that knows shelf, which tells, and press and shelf, which hear it; attic hears something else."""
    folder = secrets_in(tmp_path_factory.mktemp("messages"))
    for name in SERVICES:
        key = ECKey.generate_key("P-256")
        (folder / PRIVATE.format(name)).write_bytes(key.as_pem(private=True))
        (folder / PUBLIC.format(name)).write_bytes(key.as_pem(private=False))
    told = contracts.write(folder, MORE)
    settings = BackendSettings(
        database_url=new_database(), secrets_dir=folder, policy_file=told / "policy.toml"
    )
    with ExitStack() as stack:
        stack.enter_context(contracts.known(told))
        app = create_app(settings)
        bring_up_to_date(app.extensions["backend"])
        yield app


@pytest.fixture
def mar(somebody: Somebody) -> Person:
    return somebody("member")


@pytest.fixture
def caller(client: FlaskClient, parts: Backend) -> Callers:
    return lambda name: Caller(client, parts, name)


@pytest.fixture
def shelf(caller: Callers) -> Caller:
    return caller("shelf")


@pytest.fixture
def press(caller: Callers) -> Caller:
    return caller("press")


def claims_of(parts: Backend, token: str) -> dict[str, Any]:
    return jwt.decode(token, KeySet.import_key_set(parts.keys.public()), algorithms=["ES256"]).claims


def ask(service: Caller, identity: str, event: str = TOLD, **changes: str) -> Any:
    """For a message token."""
    wished = {"requested_token_type": MESSAGE, "event_id": new_id()}
    return service.ask(identity, event, **wished | changes)


def message(service: Caller, identity: str, event: str = TOLD, **changes: str) -> str:
    answer = ask(service, identity, event, **changes)
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["access_token"])


def act(service: Caller, token: str, **changes: str) -> Any:
    """With a message token."""
    return service.send(service.form(token, service.name) | {"subject_token_type": MESSAGE} | changes)


def acted(service: Caller, token: str, **changes: str) -> str:
    answer = act(service, token, **changes)
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["access_token"])


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]


def test_a_message_token_is_for_one_event_for_a_day(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller
) -> None:
    identity, event = of_cookie(client, mar), new_id()
    answer = ask(shelf, identity, event_id=event)
    told = answer.get_json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert (told["issued_token_type"], told["token_type"], told["expires_in"]) == (MESSAGE, "N_A", 86400)
    before, claims = claims_of(parts, identity), claims_of(parts, told["access_token"])
    known = {"iss", "sub", "aud", "iat", "exp", "jti", "sid", "scope", "act", "event_id", "errand"}
    assert set(claims) == known
    assert (claims["sub"], claims["sid"], claims["iss"]) == (mar.id, before["sid"], before["iss"])
    assert (claims["aud"], claims["event_id"], claims["act"]) == (TOLD, event, {"sub": "shelf"})
    assert claims["exp"] - claims["iat"] == 86400
    assert claims["scope"] == told["scope"] == "documents:read documents:write"
    assert jwt.decode(told["access_token"], KeySet.import_key_set(parts.keys.public())).header["typ"] == TYPE


def test_who_hears_it_acts_as_the_person_for_a_minute(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    identity = of_cookie(client, mar)
    token = acted(press, message(shelf, identity))
    claims = claims_of(parts, token)
    assert (claims["sub"], claims["aud"], claims["act"]) == (mar.id, "press", {"sub": "shelf"})
    assert claims["exp"] - claims["iat"] == 60
    assert claims["scope"] == "documents:read documents:write"
    onward = claims_of(parts, press.exchanged(token, "documents"))
    assert (onward["aud"], onward["scope"]) == ("documents", "documents:read")
    assert onward["act"] == {"sub": "press", "act": {"sub": "shelf"}}
    assert onward["sub"] == mar.id


def test_who_tells_it_may_hear_it_too(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller
) -> None:
    claims = claims_of(parts, acted(shelf, message(shelf, of_cookie(client, mar))))
    assert (claims["aud"], claims["scope"]) == ("shelf", "documents:read")


def test_it_carries_no_more_than_was_asked_for(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    token = message(shelf, of_cookie(client, mar), scope="documents:write")
    assert claims_of(parts, token)["scope"] == "documents:write"
    assert claims_of(parts, acted(press, token))["scope"] == "documents:write"
    first = message(shelf, of_cookie(client, mar))
    assert (
        claims_of(parts, acted(press, first, scope="documents:read users:manage"))["scope"]
        == "documents:read"
    )


def test_an_access_token_gains_nothing_by_waiting(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    token = message(shelf, of_access_token(client, mar, "documents:read"))
    assert claims_of(parts, token)["scope"] == "documents:read"
    identity = acted(press, token)
    assert claims_of(parts, identity)["scope"] == "documents:read"


def test_a_message_that_leads_to_a_message_goes_on_with_the_same(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    """No more than the first carried, and the chain of who acted grows."""
    first = message(shelf, of_cookie(client, mar), scope="documents:write")
    second = claims_of(parts, message(press, acted(press, first), "press.done.v1"))
    assert (second["scope"], second["act"]) == ("", {"sub": "press", "act": {"sub": "shelf"}})


def test_a_chain_of_messages_ends(client: FlaskClient, mar: Person, shelf: Caller) -> None:
    identity = of_cookie(client, mar)
    for _ in range(4):
        identity = acted(shelf, message(shelf, identity))
    assert refused(ask(shelf, identity)) == (400, "invalid_request")


# --- what ends it, and what does not


def ended(service: Caller, token: str) -> bool:
    answer = act(service, token)
    assert answer.status_code == 200 or refused(answer) == (400, "invalid_grant")
    return bool(answer.status_code != 200)


def test_signing_out_lets_it_finish(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    """Also on the way to the next service, and to the next message."""
    token = message(shelf, of_cookie(client, mar))
    client.post("/auth/logout", headers={"Cookie": f"__Host-session={mar.cookie}"})
    assert authorize(client, Cookie=f"__Host-session={mar.cookie}").status_code == 401
    identity = acted(press, token)
    assert claims_of(parts, press.exchanged(identity, "documents"))["scope"] == "documents:read"
    assert ask(press, identity, "press.done.v1").status_code == 200


def test_signing_out_everywhere_ends_it(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    token = message(shelf, of_cookie(client, mar))
    identity = acted(press, token)
    answer = client.delete("/api/account/sessions", headers=at_the_door(client, mar))
    assert answer.status_code == 204
    assert ended(press, token)
    assert refused(press.ask(identity, "documents")) == (400, "invalid_grant")
    assert refused(ask(press, identity, "press.done.v1")) == (400, "invalid_grant")
    with parts.database.write() as tx:
        again = Person(mar.id, sign_in(tx, parts, mar.id))
    assert not ended(press, message(shelf, of_cookie(client, again)))
    assert ended(press, token)


@pytest.mark.parametrize("status", [SUSPENDED, PENDING])
def test_who_is_suspended_or_waits_is_acted_for_no_more(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller, status: str
) -> None:
    token = message(shelf, of_cookie(client, mar))
    set_status(parts, mar, status)
    assert ended(press, token)
    set_status(parts, mar, ACTIVE)
    assert ended(press, token) == (status == SUSPENDED)  # what was begun before the suspension stays ended


def test_nor_who_leaves_or_is_gone(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    token = message(shelf, of_cookie(client, mar))
    with parts.database.write() as tx:
        tx.execute(update(User).where(User.id == mar.id).values(status=DELETING))
    assert ended(press, token)
    with parts.database.write() as tx:
        tx.delete(tx.get_one(User, mar.id))
    assert ended(press, token)


def test_with_its_access_token_it_ends(
    client: FlaskClient, mar: Person, shelf: Caller, press: Caller
) -> None:
    token = message(shelf, of_access_token(client, mar, "documents:read"))
    assert not ended(press, token)
    headers = at_the_door(client, mar)
    (made,) = client.get("/api/account/tokens", headers=headers).get_json()["items"]
    assert client.delete(f"/api/account/tokens/{made['id']}", headers=headers).status_code == 204
    assert ended(press, token)


def test_with_its_program_it_ends(client: FlaskClient, mar: Person, shelf: Caller, press: Caller) -> None:
    program = connect(client, mar)
    identity = authorize(client, "shelf", Authorization=f"Bearer {program['access_token']}")
    token = message(shelf, str(identity.headers["X-Identity-Token"]))
    assert not ended(press, token)
    assert post(client, "revoke", token=program["refresh_token"]).status_code == 200
    assert ended(press, token)


def test_a_permission_that_is_lost_is_lost_to_what_waits(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, press: Caller
) -> None:
    token = message(shelf, of_cookie(client, mar))
    with parts.database.write() as tx:
        people.take_role(tx, tx.get_one(User, mar.id), "member", HERE)
    assert claims_of(parts, acted(press, token))["scope"] == ""


def test_a_person_who_is_signed_out_while_a_token_is_made_is_signed_out(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    """What is compared is a count, not a clock: nothing falls in between."""
    assert user_of(parts, mar.id).generation == 0
    client.delete("/api/account/sessions", headers=at_the_door(client, mar))
    assert user_of(parts, mar.id).generation == 1


# --- who gets none


def test_nobody_else_gets_one(client: FlaskClient, mar: Person, caller: Callers, attacks: Attacks) -> None:
    shelf, press, attic = caller("shelf"), caller("press"), caller("attic")
    mine, theirs = of_cookie(client, mar), of_cookie(client, mar, "press")
    token = message(shelf, mine)
    again = acted(press, token)
    attempts = {
        "another's event": (ask(press, theirs), "invalid_target"),
        "an event that speaks for nobody": (ask(shelf, mine, PLAIN), "invalid_target"),
        "an event of the backend": (ask(shelf, mine, "user.deleted.v1"), "invalid_target"),
        "an event that is none": (ask(shelf, mine, "shelf.nothing.v1"), "invalid_target"),
        "a service's name": (ask(shelf, mine, "press"), "invalid_target"),
        "more than such a message carries": (ask(shelf, mine, scope="users:manage"), "invalid_scope"),
        "another service's identity token": (ask(shelf, theirs), "invalid_request"),
        "for a visitor": (ask(shelf, of_visitor(client)), "access_denied"),
        "without an event": (shelf.ask(mine, TOLD, requested_token_type=MESSAGE), "invalid_request"),
        "for an event that has no id": (ask(shelf, mine, event_id="1"), "invalid_request"),
        "for two events": (ask(shelf, mine, event_id=f"{new_id()} {new_id()}"), "invalid_request"),
        "for a message token": (ask(shelf, token, subject_token_type=MESSAGE), "invalid_request"),
        "an id where it has no meaning": (shelf.ask(mine, "press", event_id=new_id()), "invalid_request"),
        "exchanged by who does not hear it": (act(attic, token), "invalid_target"),
        "exchanged for another service": (act(press, token, audience="documents"), "invalid_target"),
        "exchanged for the backend": (act(press, token, audience="backend"), "invalid_target"),
        "shown as an identity token": (press.ask(token, "documents"), "invalid_request"),
        "an identity token shown as one": (act(press, theirs), "invalid_request"),
        "the identity of press at shelf": (ask(shelf, again), "invalid_request"),
    }
    for what, (answer, error) in attempts.items():
        attacks.note(Kind.BEYOND, what, refused(answer), (400, error))


def test_forged_ones_are_refused(
    client: FlaskClient, parts: Backend, mar: Person, caller: Callers, attacks: Attacks
) -> None:
    shelf, press = caller("shelf"), caller("press")
    good = message(shelf, of_cookie(client, mar))
    claims, real = claims_of(parts, good), parts.keys.signing()
    own = ECKey.generate_key("P-256", {"kid": str(real.kid)})
    header = {"alg": "ES256", "kid": real.kid, "typ": TYPE}

    def signed(changes: dict[str, Any], told: dict[str, Any] | None = None, key: Any = real) -> str:
        kept = {name: value for name, value in (claims | changes).items() if value is not None}
        shown = {name: value for name, value in (header | (told or {})).items() if value is not None}
        return jwt.encode(shown, kept, key, algorithms=["ES256"])

    head, body, signature = good.split(".")
    over = {"iat": int(time.time()) - 86500, "exp": int(time.time()) - 100}
    forged = {
        "another key": (signed({}, key=own), "invalid_request"),
        "another key, unknown": (signed({}, {"kid": "x"}, ECKey.generate_key("P-256")), "invalid_request"),
        "no key": (by_hand(header, claims), "invalid_request"),
        "the public key as a word": (by_hand(header, claims, real.as_pem(private=False)), "invalid_request"),
        "another type of token": (signed({}, {"typ": "JWT"}), "invalid_request"),
        "without a type": (signed({}, {"typ": None}), "invalid_request"),
        "critical": (signed({}, {"crit": ["b64"], "b64": True}), "invalid_request"),
        "expired": (signed(over), "invalid_grant"),
        "not yet": (signed({"iat": int(time.time()) + 600}), "invalid_request"),
        "another issuer": (signed({"iss": "https://elsewhere.example"}), "invalid_request"),
        "for two types": (signed({"aud": [TOLD, OTHER]}), "invalid_request"),
        "for a type that speaks for nobody": (signed({"aud": PLAIN}), "invalid_request"),
        "without an end": (signed({"exp": None}), "invalid_request"),
        "without a person": (signed({"sub": None}), "invalid_request"),
        "another body": (f"{head}.{body[:-4]}AAAA.{signature}", "invalid_request"),
        "no signature": (f"{head}.{body}.", "invalid_request"),
        "no token": ("x", "invalid_request"),
        "too long": ("x" * 5000, "invalid_request"),
    }
    for what, (token, error) in forged.items():
        attacks.note(Kind.MESSAGE, what, refused(act(press, token)), (400, error))
    assert act(press, good).status_code == 200


# --- services as themselves


def own(service: Caller, audience: str, **changes: str) -> Any:
    form = service.form("", audience, grant_type=OWN_GRANT, **changes)
    return service.send({name: text for name, text in form.items() if not name.startswith("subject")})


def test_a_service_comes_as_itself(parts: Backend, press: Caller) -> None:
    answer = own(press, "documents")
    told = answer.get_json()
    assert (answer.status_code, told["token_type"], told["expires_in"]) == (200, "Bearer", 60)
    claims = claims_of(parts, told["access_token"])
    assert set(claims) == {"iss", "sub", "aud", "iat", "exp", "jti", "scope"}
    assert (claims["sub"], claims["aud"]) == ("service:press", "documents")
    assert claims["scope"] == "documents:index documents:more"
    less = own(press, "documents", scope="documents:index").get_json()
    assert claims_of(parts, less["access_token"])["scope"] == less["scope"] == "documents:index"


def test_where_it_has_nothing_to_do_it_gets_nothing(
    client: FlaskClient, parts: Backend, press: Caller, shelf: Caller
) -> None:
    assert refused(own(press, "shelf")) == (400, "invalid_target")
    assert refused(own(press, "backend")) == (400, "invalid_target")
    assert refused(own(shelf, "documents")) == (400, "invalid_target")
    assert refused(own(press, "documents", scope="documents:read")) == (400, "invalid_scope")
    assert refused(own(press, "documents", requested_token_type=MESSAGE)) == (400, "invalid_request")
    assert refused(press.send({"grant_type": OWN_GRANT, "audience": "documents"})) == (401, "invalid_client")
    form = press.form("", "documents", grant_type=OWN_GRANT)
    assert refused(press.send(form)) == (400, "invalid_request")


def test_nobody_is_behind_it(client: FlaskClient, parts: Backend, press: Caller, shelf: Caller) -> None:
    """It is exchanged for nothing, and opens no person's door at the backend."""
    issuer, key = parts.settings.token_issuer, parts.keys.signing()
    claims = {"iss": issuer, "sub": "service:press", "scope": "users:manage"}
    mine = door.signed(claims | {"aud": "press"}, key)
    assert refused(press.ask(mine, "documents")) == (400, "invalid_request")
    assert refused(ask(shelf, door.signed(claims | {"aud": "shelf"}, key))) == (400, "invalid_request")
    here = {"Authorization": f"Bearer {door.signed(claims | {'aud': 'backend'}, key)}"}
    for path in ("/api/account", "/api/account/sessions", "/api/admin/users", "/api/admin/audit"):
        assert client.get(path, headers=here).status_code == 401


# --- the policy


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        ("[messages]", '"user.vanished.v1" = []\n', "user.vanished.v1 speak for people"),
        ("[messages]", '"document.saved.v1" = ["documents:index"]\n', "documents:index"),
        ("[platform]", '[platform.press]\ndocuments = ["documents:read"]\n', "documents:read at documents"),
        ("[platform]", '[platform.press]\ndocuments = ["internal:erase"]\n', "internal:erase at documents"),
        ("[platform]", '[platform.press]\npress = ["press:index"]\n', "press calls itself"),
        ("[platform]", '[platform.backend]\ndocuments = ["documents:index"]\n', "is the backend"),
    ],
)
def test_a_policy_that_mixes_people_and_services_stops_the_process(
    tmp_path: Path, table: str, text: str, words: str
) -> None:
    told = contracts.write(tmp_path, More({}, {}, {table: text}))
    with pytest.raises(BadPolicy, match=words):
        read_policy(told / "policy.toml")


def test_keys_are_published_longer_than_any_message_token_lives(parts: Backend) -> None:
    life = parts.settings.message_token_life
    assert keys.overlap_for(life).total_seconds() > life


# --- a new one for a dead letter that an administrator sends again


@pytest.fixture
def ada(somebody: Somebody) -> Person:
    return somebody("admin")


def decides(
    parts: Backend, client: FlaskClient, person: Person, service: str, event: str | None, **changes: Any
) -> str:
    """The token with which the backend brings a decision of this person about this event to a service."""
    verifier = Verifier(parts.settings.token_issuer, "backend", parts.public_keys)
    me = verifier.verify(at_the_door(client, person)["Authorization"].removeprefix("Bearer "))
    told: dict[str, Any] = {
        "iss": parts.settings.token_issuer,
        "sub": person.id,
        "aud": service,
        "scope": SEND_AGAIN,
    }
    told |= {"act": {"sub": "backend"}, "sid": me.session, "event_id": event} | changes
    claims = {name: value for name, value in told.items() if value is not None}
    return door.signed(claims, parts.keys.signing())


def renew(service: Caller, old: str, actor: str, event_id: str, **changes: str) -> Any:
    form = service.form(old, TOLD) | {"subject_token_type": MESSAGE, "requested_token_type": MESSAGE}
    form |= {"actor_token": actor, "actor_token_type": JWT, "event_id": event_id}
    return service.send(form | changes)


def expired(parts: Backend, token: str) -> str:
    """The same, of two days ago."""
    claims = claims_of(parts, token)
    header = {"alg": "ES256", "kid": parts.keys.signing().kid, "typ": TYPE}
    old = claims | {"iat": claims["iat"] - 2 * 86400, "exp": claims["exp"] - 2 * 86400}
    return jwt.encode(header, old, parts.keys.signing(), algorithms=["ES256"])


def test_what_is_sent_again_gets_a_new_token_for_the_same_person_and_event(
    client: FlaskClient, parts: Backend, mar: Person, ada: Person, shelf: Caller, press: Caller
) -> None:
    event_id = new_id()
    old = expired(parts, message(shelf, of_cookie(client, mar), event_id=event_id))
    assert refused(act(press, old)) == (400, "invalid_grant")
    answer = renew(press, old, decides(parts, client, ada, "press", event_id), event_id)
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert (told["token_type"], told["issued_token_type"]) == ("N_A", MESSAGE)
    before, after = claims_of(parts, old), claims_of(parts, told["access_token"])
    fresh = {"iat", "exp", "jti"}
    same = [
        {name: value for name, value in claims.items() if name not in fresh} for claims in (before, after)
    ]
    assert same[0] == same[1]
    assert after["exp"] > time.time() + 80_000
    assert claims_of(parts, acted(press, told["access_token"]))["sub"] == mar.id
    (entry,) = [e for e in entries(parts, mar.id) if e.action == audit.LETTER_TOKEN_RENEWED]
    assert (entry.actor, entry.detail) == (
        ada.id,
        {"service": "press", "event": TOLD, "event_id": event_id},
    )


def test_not_for_whom_nobody_may_act_any_more(
    client: FlaskClient, parts: Backend, somebody: Somebody, ada: Person, shelf: Caller, press: Caller
) -> None:
    event_id = new_id()
    suspended, everywhere, leaving, gone = (somebody("member") for _ in range(4))
    old = {
        person.id: message(shelf, of_cookie(client, person), event_id=event_id)
        for person in (suspended, everywhere, leaving, gone)
    }
    with_token = somebody("member")
    old[with_token.id] = message(
        shelf, of_access_token(client, with_token, "documents:read"), event_id=event_id
    )
    headers = at_the_door(client, with_token)
    (made,) = client.get("/api/account/tokens", headers=headers).get_json()["items"]
    client.delete(f"/api/account/tokens/{made['id']}", headers=headers)
    set_status(parts, suspended, SUSPENDED)
    client.delete("/api/account/sessions", headers=at_the_door(client, everywhere))
    with parts.database.write() as tx:
        tx.execute(update(User).where(User.id == leaving.id).values(status=DELETING))
        tx.delete(tx.get_one(User, gone.id))
    actor = decides(parts, client, ada, "press", event_id)
    answers = {person: refused(renew(press, token, actor, event_id)) for person, token in old.items()}
    assert answers == dict.fromkeys(old, (400, "invalid_grant"))


def test_nobody_but_an_administrator_and_who_hears_it_gets_a_new_one(
    client: FlaskClient, parts: Backend, mar: Person, ada: Person, caller: Callers
) -> None:
    """N of N; the table is printed (pytest -s)."""
    shelf, press, attic = caller("shelf"), caller("press"), caller("attic")
    event_id = new_id()
    old = message(shelf, of_cookie(client, mar), event_id=event_id)
    other_event = new_id()
    other = message(shelf, of_cookie(client, mar), event_id=other_event)
    good = decides(parts, client, ada, "press", event_id)

    def by(person: Person, **changes: Any) -> Any:
        return renew(press, old, decides(parts, client, person, "press", event_id, **changes), event_id)

    attempts = {
        "a member": by(mar),
        "an administrator who only looks": by(ada, scope=MANAGE),
        "the administrator at the door": renew(press, old, of_cookie(client, ada, "press"), event_id),
        "with more than this permission": by(ada, scope=f"{MANAGE} {SEND_AGAIN}"),
        "with another permission": by(ada, scope="audit:read"),
        "over another service": by(ada, act={"sub": "shelf"}),
        "over nobody": by(ada, act=None),
        "of a session that is none": by(ada, sid=new_id()),
        "after deciding about nothing": renew(
            press, old, decides(parts, client, ada, "press", None), event_id
        ),
        "after deciding about another letter": renew(press, other, good, other_event),
        "for another service": renew(press, old, decides(parts, client, ada, "shelf", event_id), event_id),
        "who does not hear it": renew(attic, old, decides(parts, client, ada, "attic", event_id), event_id),
        "another event": renew(press, old, good, new_id()),
        "another type": renew(press, old, good, event_id, audience=OTHER),
        "the old one as actor": renew(press, old, old, event_id),
        "an identity token as the old one": renew(press, of_cookie(client, mar, "press"), good, event_id),
        "a scope": renew(press, old, good, event_id, scope="documents:write"),
        "another wish": renew(press, old, good, event_id, requested_token_type=JWT),
        "without an actor": press.send(
            press.form(old, TOLD)
            | {"subject_token_type": MESSAGE, "requested_token_type": MESSAGE, "event_id": event_id}
        ),
        "an actor elsewhere": press.ask(of_cookie(client, mar, "press"), "documents", actor_token=good),
    }
    set_status(parts, ada, SUSPENDED)
    attempts["a suspended administrator"] = renew(press, old, good, event_id)
    for what, answer in attempts.items():
        print(f"{what:42} {answer.status_code} {answer.get_json().get('error')}")
    assert [what for what, answer in attempts.items() if answer.status_code != 400] == []
    assert [e for e in entries(parts, mar.id) if e.action == audit.LETTER_TOKEN_RENEWED] == []
    print(f"{len(attempts)} of {len(attempts)} refused")

"""A RabbitMQ, and somebody who has a service's password: of another's queue nothing opens, and nobody is spoken for."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import amqp
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import MetaData

from compose import broker
from servicekit.database import Database
from servicekit.events import Event, tables
from servicekit.events.consumer import Consumer, Watch
from servicekit.events.figures import Figures
from servicekit.events.line import REASON
from servicekit.events.rabbitmq import RabbitMQ
from servicekit.events.reading import Reader
from servicekit.ids import new_id
from servicekit.message_tokens import HEADER, TYPE, MessageVerifier
from servicekit.testing import Issuer, by_hand
from tests.support import contracts
from tests.support.contracts import More
from tests.support.waiting import until

PRINT, OTHER, QUEUE, EXCHANGE = "press.print_queued.v1", "press.other.v1", "press.jobs", "press.events"
MORE = More(
    exchanges={EXCHANGE: [PRINT, OTHER], "shelf.events": ["shelf.told.v1"]},
    queues={QUEUE: [PRINT], "shelf.jobs": [OTHER]},
    policy={"[messages]": f'"{PRINT}" = []\n"{OTHER}" = []\n'},
)
WORDS = {"press": "the word of press", "shelf": "the word of shelf"}
CONFIGURATION = "load_definitions = /given/definitions.json\nlog.console.level = warning\n"
SETTINGS = ("--env", "RABBITMQ_CONFIG_FILE=/given/rabbitmq.conf", "--memory", "384m")
MAR = new_id()


@dataclass
class House:
    """The broker, and the consumer of press with what it was told."""

    port: int
    database: Database
    issuer: Issuer = field(default_factory=Issuer)
    heard: list[Event] = field(default_factory=list)

    def connection(self, user: str) -> amqp.Connection:
        options = {"virtual_host": broker.VHOST, "confirm_publish": True, "connect_timeout": 5}
        connection = amqp.Connection(f"127.0.0.1:{self.port}", user, WORDS[user], **options)
        connection.connect()
        return connection

    def attempt(self, user: str, act: Callable[[Any], Any]) -> str:
        """What the broker says to who has this service's password."""
        with closing(self.connection(user)) as connection:
            try:
                act(connection.channel())
            except amqp.AMQPError as error:
                return f"refused {error.reply_code}"
        return "done"

    def put(self, told: Event, token: Any, body: str | None = None) -> str:
        """Into the exchange of press, with its own password; the event's id."""
        headers = {} if token is None else {HEADER: token}
        message = amqp.Message(body or told.as_json(), message_id=told.id, application_headers=headers)
        assert self.attempt("press", lambda c: c.basic_publish(message, EXCHANGE, told.type)) == "done"
        return told.id

    def dead_letters(self) -> dict[str, str]:
        """Event → reason; they are gone then."""
        found = {}
        with closing(self.connection("press")) as connection:
            channel = connection.channel()
            while letter := channel.basic_get(f"{QUEUE}.dead", no_ack=True):
                found[letter.properties["message_id"]] = letter.headers[REASON]
        return found

    def consumer(self) -> Consumer:
        line = RabbitMQ(f"amqp://press@127.0.0.1:{self.port}/{broker.VHOST}", WORDS["press"])
        reader = Reader(MessageVerifier(self.issuer.url, self.issuer.keys()))
        handlers = {PRINT: lambda _tx, event: self.heard.append(event)}
        return Consumer(QUEUE, handlers, self.database, line, Watch(reader, Figures(), threading.Event()))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("broker")
    told, given = contracts.write(folder, MORE), folder / "given"
    given.mkdir()
    with pytest.MonkeyPatch.context() as patch, contracts.known(told):
        patch.setattr(broker, "TOPOLOGY", told / "events" / "topology.toml")
        (given / "definitions.json").write_text(json.dumps(broker.definitions(WORDS)))
        (given / "rabbitmq.conf").write_text(CONFIGURATION)
        given.chmod(0o755)
        database = Database(f"sqlite:///{folder / 'press.db'}")
        metadata = MetaData()
        tables.add_to(metadata)
        metadata.create_all(database.engine)
        with _running(given) as port:
            house = House(port, database)
            until(lambda: _answers(house), within=120)
            with _consuming(house.consumer()):
                yield house
        database.engine.dispose()


@contextmanager
def _running(given: Path) -> Iterator[int]:
    """RabbitMQ as in docker-compose.yml, with these definitions; its port."""
    options = ("--detach", "--rm", "--publish", "127.0.0.1::5672", *SETTINGS)
    name = _docker("run", *options, "--volume", f"{given}:/given:ro", "rabbitmq:4.3")
    try:
        yield int(_docker("port", name, "5672").splitlines()[0].rpartition(":")[2])
    finally:
        _docker("rm", "--force", name)


def _docker(*words: str) -> str:
    done = subprocess.run(("docker", *words), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _answers(house: House) -> bool:
    with suppress(OSError, amqp.AMQPError):
        house.connection("press").close()
        return True
    return False


@contextmanager
def _consuming(consumer: Consumer) -> Iterator[None]:
    done = threading.Event()

    def run() -> None:
        while not done.is_set():
            consumer.step()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        consumer._line.close()


def test_with_the_word_of_another_service_nothing_comes_in(house: House) -> None:
    """N of N; the table is printed (pytest -s)."""
    told = Event.of(PRINT, new_id())
    token = house.issuer.message_token(told, MAR).text
    message = amqp.Message(told.as_json(), message_id=told.id, application_headers={HEADER: token})
    attempts: dict[str, Callable[[Any], Any]] = {
        "straight into the queue": lambda c: c.basic_publish(message, "", QUEUE),
        "over its exchange": lambda c: c.basic_publish(message, EXCHANGE, PRINT),
        "among its dead letters": lambda c: c.basic_publish(message, "press.dead", QUEUE),
        "its event over one's own exchange": lambda c: c.basic_publish(message, "shelf.events", PRINT),
        "one's own exchange bound to its queue": lambda c: c.queue_bind(QUEUE, "shelf.events", "#"),
        "its queue read": lambda c: c.basic_get(QUEUE),
        "its queue listened to": lambda c: c.basic_consume(QUEUE),
        "its dead letters read": lambda c: c.basic_get(f"{QUEUE}.dead"),
        "its queue emptied": lambda c: c.queue_purge(QUEUE),
        "its queue removed": lambda c: c.queue_delete(QUEUE),
    }
    said = {what: house.attempt("shelf", act) for what, act in attempts.items()}
    for what, answer in said.items():
        print(f"{what:40} {answer}")
    assert said == dict.fromkeys(attempts, "refused 403")
    assert told.id not in [event.id for event in house.heard]
    print(f"{len(attempts)} of {len(attempts)} refused")


def test_with_its_own_word_nobody_is_spoken_for(house: House) -> None:
    """Whoever stole it has no key of the backend's. N of N; the table is printed (pytest -s)."""
    issuer, kid = house.issuer, str(house.issuer.key.kid)
    own = ECKey.generate_key("P-256", {"kid": kid})
    another = Event.of(PRINT, new_id())
    over = {"iat": int(time.time()) - 90_000, "exp": int(time.time()) - 3_600}

    def real(told: Event, **changes: Any) -> str:
        return issuer.message_token(told, MAR, **changes).text

    def claims(told: Event) -> dict[str, Any]:
        return issuer.claims(PRINT, MAR, event_id=told.id)

    attacks: dict[str, Callable[[Event], Any]] = {
        "no token": lambda _: None,
        "the token of another event": lambda _: real(another),
        "a token of another type of event": lambda told: real(replace(told, type=OTHER)),
        "an expired one": lambda told: real(told, **over),
        "an identity token": lambda told: issuer.token("press", MAR, event_id=told.id),
        "a key of one's own": lambda told: jwt.encode(
            {"alg": "ES256", "kid": kid, "typ": TYPE}, claims(told), own
        ),
        "without a signature": lambda told: by_hand({"kid": kid, "typ": TYPE}, claims(told)),
        "signed with the public key": lambda told: by_hand(
            {"kid": kid, "typ": TYPE}, claims(told), issuer.key.as_pem(private=False)
        ),
        "a number": lambda _: 7,
    }
    put = {}
    for what, make in attacks.items():
        told = Event.of(PRINT, new_id())
        put[what] = house.put(told, make(told))
    good = Event.of(PRINT, new_id())
    put["a good token, another body"] = house.put(good, real(good), replace(good, id=new_id()).as_json())
    found = dict[str, str]()

    def all_buried() -> bool:
        found.update(house.dead_letters())
        return set(put.values()) <= set(found)

    until(all_buried, within=60)
    for what, event in put.items():
        print(f"{what:36} {found[event]}")
    assert all("message" in found[event] for event in put.values())
    assert not {event.id for event in house.heard} & set(put.values())
    print(f"{len(put)} of {len(put)} buried")


def test_a_good_one_is_heard_once_however_often_it_comes(house: House) -> None:
    told, last = Event.of(PRINT, new_id()), Event.of(PRINT, new_id())
    token = house.issuer.message_token(told, MAR)
    for _ in range(3):
        house.put(told, token.text)
    house.put(last, house.issuer.message_token(last, MAR).text)
    until(lambda: last.id in [event.id for event in house.heard], within=30)
    (heard,) = [event for event in house.heard if event.id == told.id]
    assert heard.on_behalf_of == token
    assert house.dead_letters() == {}

"""Events that speak for a person: told with a token of their own, heard only with it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from servicekit.backend import Away
from servicekit.events import Event, InvalidEvent, publish
from servicekit.events.consumer import Consumer, Watch
from servicekit.events.reading import Reader
from servicekit.identity import Keys
from servicekit.ids import new_id
from servicekit.message_tokens import HEADER, TYPE, MessageToken, MessageVerifier
from servicekit.testing import by_hand
from servicekit.tests.events.conftest import DELETED, QUEUE, House, note_effect
from tests.support import contracts
from tests.support.attacks import Attacks, Kind
from tests.support.contracts import More
from tests.support.waiting import until

MAR = new_id()


@pytest.fixture(autouse=True)
def speaking(tmp_path: Path) -> Iterator[None]:
    """Where `user.deleted.v1` speaks for a person, and `user.suspended.v1` is heard too."""
    more = More({}, {}, {"[messages]": f'"{DELETED}" = ["documents:read"]\n'})
    with contracts.known(contracts.write(tmp_path, more)):
        yield


def event() -> Event:
    return Event.of(DELETED, new_id())


def test_what_is_told_for_somebody_is_heard_for_them(house: House) -> None:
    heard = list[MessageToken | None]()
    house.handler = lambda _tx, told: heard.append(told.on_behalf_of)
    told = event()
    token = house.issuer.message_token(told, MAR, "documents:read")
    with house.database.write() as tx:
        publish(tx, told, on_behalf_of=token)
    with house.working():
        until(lambda: house.unsent == 0)
    assert heard == [token]
    assert token.text not in repr(token)


def test_nobody_tells_it_without_a_token_or_with_anothers(house: House) -> None:
    told, other = event(), event()
    token = house.issuer.message_token(told, MAR)
    plain = Event.of("user.suspended.v1", MAR)
    attempts: list[tuple[Event, MessageToken | None]] = [
        (told, None),
        (other, token),
        (plain, house.issuer.message_token(plain, MAR)),
        (plain, token),
    ]
    for which, shown in attempts:
        with house.database.write() as tx, pytest.raises(InvalidEvent):
            publish(tx, which, on_behalf_of=shown)
    assert house.unsent == 0


def test_every_message_that_speaks_falsely_is_a_dead_letter(house: House, attacks: Attacks) -> None:
    issuer, stranger = house.issuer, ECKey.generate_key("P-256", {"kid": str(house.issuer.key.kid)})
    over = {"iat": int(time.time()) - 90000, "exp": int(time.time()) - 10}

    def real(**changes: Any) -> Callable[[Event], str]:
        return lambda told: issuer.message_token(told, MAR, **changes).text

    def typed(typ: str) -> Callable[[Event], str]:
        return lambda told: issuer.token(DELETED, MAR, "", typ, event_id=told.id)

    def signed(key: Any, kid: str = str(issuer.key.kid)) -> Callable[[Event], str]:
        header = {"alg": "ES256", "kid": kid, "typ": TYPE}
        return lambda told: jwt.encode(header, issuer.claims(DELETED, MAR, event_id=told.id), key)

    def handmade(word: bytes | None) -> Callable[[Event], str]:
        header = {"kid": issuer.key.kid, "typ": TYPE}
        return lambda told: by_hand(header, issuer.claims(DELETED, MAR, event_id=told.id), word)

    false: dict[str, tuple[Any, str]] = {
        "none": (None, "there is none"),
        "an empty one": ("", "DecodeError"),
        "no text": (7, "DecodeError"),
        "no token": ("let me in", "DecodeError"),
        "another event's": (issuer.message_token(event(), MAR).text, "it is for another event"),
        "another type's": (real(aud="user.suspended.v1"), "InvalidClaimError aud"),
        "of several types": (real(aud=[DELETED, "user.suspended.v1"]), "claims"),
        "without an event": (real(event_id=None), "it is for another event"),
        "expired": (real(**over), "ExpiredTokenError exp"),
        "without an end": (real(exp=None), "MissingClaimError exp"),
        "not yet": (real(iat=int(time.time()) + 600), "InvalidClaimError iat"),
        "of another issuer": (real(iss="https://elsewhere.example"), "InvalidClaimError iss"),
        "of nobody": (real(sub=""), "InvalidClaimError sub"),
        "an identity token": (typed("JWT"), "header"),
        "another key": (signed(stranger), "BadSignatureError"),
        "an unknown key": (signed(ECKey.generate_key("P-256"), kid="x"), "unknown kid"),
        "no signature": (handmade(None), "UnsupportedAlgorithmError"),
        "the public key as a word": (handmade(issuer.key.as_pem(private=False)), "UnsupportedAlgorithmError"),
        "too long": ("x" * 5000, "too long"),
    }
    put = dict[str, str]()
    for what, (token, _) in false.items():
        told = event()
        text = token(told) if callable(token) else token
        house.put(told, **({} if text is None else {HEADER: text}))
        put[what] = told.id
    with house.working():
        until(lambda: house.count("buried", "unknown") == len(false))
    buried = dict(house.buried())
    assert house.effects == []
    for what, (_, reason) in false.items():
        attacks.note(Kind.MESSAGE, what, buried.get(put[what]), f"message token: {reason}")


def test_what_is_changed_after_it_was_told_is_not_heard(house: House) -> None:
    """A good token beside another body: the id is in both."""
    told = event()
    token = house.issuer.message_token(told, MAR).text
    house.put(told, replace(told, id=new_id()).as_json(), **{HEADER: token})
    house.put(replace(told, id=new_id()), **{HEADER: token})
    with house.working():
        until(lambda: house.count("buried", "unknown") == 2)
    assert sorted(house.dead_letters()) == [
        "message token: it is for another event",
        "the message's id is not the event's",
    ]


def test_what_comes_twice_is_dropped(house: House) -> None:
    told = event()
    headers = {HEADER: house.issuer.message_token(told, MAR).text}
    with house.working():
        for _ in range(3):
            house.put(told, **headers)
        until(lambda: house.count("dropped") == 2)
    assert house.effects == [told.subject]


def test_a_dead_letter_keeps_its_token(house: House) -> None:
    """So that somebody can send it again, for the same person."""
    told = event()
    text = house.issuer.message_token(told, MAR, exp=int(time.time()) - 10).text
    house.put(told, **{HEADER: text})
    with house.working():
        until(lambda: house.count("buried", "unknown") == 1)
    line = house.line()
    line.open(f"{QUEUE}.dead")
    (letter,) = line.receive(1)
    assert letter.headers[HEADER] == text
    line.close()


def test_without_keys_it_waits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backend was never there: that is no failure of the message's."""
    monkeypatch.setattr("servicekit.events.consumer.OUTAGE", 0.05)
    there = threading.Event()

    def fetch() -> Any:
        if not there.is_set():
            raise ValueError("away")
        return house.issuer.keys()._fetch()

    keys = Keys(fetch)
    monkeypatch.setattr(keys, "RETRY", 0.05)
    told = event()
    house.put(told, **{HEADER: house.issuer.message_token(told, MAR).text})
    watch = Watch(Reader(MessageVerifier(house.issuer.url, keys)), house.figures, house.stopping)
    consumer = Consumer(QUEUE, {DELETED: house.handler}, house.database, house.line(), watch)
    threading.Timer(0.5, there.set).start()
    while not house.effects:
        consumer.step()
    assert (house.count("failed"), house.count("buried", "unknown")) == (0, 0)


@pytest.mark.parametrize("together", [1, 4])
def test_a_backend_that_is_away_is_no_failure_of_a_message(
    house: House, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    """Nor of those that arrive with it."""
    monkeypatch.setattr("servicekit.events.consumer.OUTAGE", 0.02)
    told, tries = [event() for _ in range(together)], list[str]()

    def handle(tx: Session, heard: Event) -> None:
        note_effect(tx, heard)
        tries.append(heard.id)
        if heard.id == told[0].id and tries.count(heard.id) < 10:
            raise Away

    house.handler = handle
    for each in told:
        house.put(each, **{HEADER: house.issuer.message_token(each, MAR).text})
    with house.working():
        until(lambda: house.count("handled") == together)
    assert tries.count(told[0].id) == 10
    assert sorted(house.effects) == sorted(each.subject for each in told)
    assert (house.count("failed"), house.count("buried")) == (0, 0)

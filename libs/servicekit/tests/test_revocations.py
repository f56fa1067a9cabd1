"""Who holds streams learns within a second or so what has ended, and lets nothing go on that it cannot ask about."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response, jsonify, request

from servicekit import revocations
from servicekit.identity import Identity
from servicekit.problems import Unauthenticated, Unavailable
from servicekit.revocations import CHANGED, UNKNOWN, Revocation, Told, Watcher
from servicekit.tests.peers import serving
from tests.support.promises import in_time
from tests.support.waiting import LONG, until

ADA, MAR = "01920000-0000-7000-8000-00000000000a", "01920000-0000-7000-8000-00000000000b"
SOON = 1.5  # seconds: each second is asked, and this machine has other things to do


def now() -> datetime:
    return datetime.now(UTC)


def who(person: str, session: str = "s1", ago: float = 0) -> Identity:
    """Who came `ago` seconds ago."""
    return Identity(person, frozenset(), session, issued_at=int(time.time() - ago))


class Backend:
    """Answers as the backend does, or not at all."""

    def __init__(self) -> None:
        self.noted: list[Revocation] = []
        self.asked: list[datetime | None] = []
        self.away = False

    def revoke(self, person: str, credential: str | None = None, ago: float = 0, reason: str = "x") -> None:
        at = now() - timedelta(seconds=ago)
        self.noted.append(Revocation(len(self.noted) + 1, at, person, credential, reason))

    def ask(self, since: datetime | None) -> Told:
        self.asked.append(since)
        if self.away:
            raise ConnectionError
        after = since or now() - timedelta(minutes=2)
        return Told(now(), tuple(item for item in self.noted if item.at >= after))


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def watcher(backend: Backend) -> Iterator[Watcher]:
    watcher = Watcher(backend.ask)
    yield watcher
    watcher.stop()


def test_what_is_revoked_ends_and_nothing_else(backend: Backend, watcher: Watcher) -> None:
    with (
        watcher.watch(who(ADA)) as mine,
        watcher.watch(who(ADA, "s2")) as my_other,
        watcher.watch(who(MAR)) as hers,
    ):
        backend.revoke(ADA, "s1", reason="signed-out")
        with in_time(SOON):
            mine.wait(LONG)
        assert (mine.ended, my_other.ended, hers.ended) == ("signed-out", None, None)


def test_of_a_person_all_ends_and_the_first_reason_counts(backend: Backend, watcher: Watcher) -> None:
    with watcher.watch(who(ADA)) as one, watcher.watch(who(ADA, "s2")) as two, watcher.watch(who(MAR)) as her:
        backend.revoke(ADA, reason="suspended")
        backend.revoke(ADA, "s1", reason="everywhere")
        assert (one.wait(LONG), two.wait(LONG), her.ended) == ("suspended", "suspended", None)


def test_who_waits_elsewhere_is_called_once(backend: Backend, watcher: Watcher) -> None:
    told: list[str] = []
    called = threading.Event()

    def then(reason: str) -> None:
        told.append(reason)
        called.set()

    with watcher.watch(who(ADA), then):
        backend.revoke(ADA, "s1", reason="first")
        backend.revoke(ADA, reason="second")
        assert called.wait(LONG)
    time.sleep(0.1)
    assert told == ["first"]


def test_a_transaction_that_ends_late_is_not_missed(backend: Backend, watcher: Watcher) -> None:
    """Its rows are older than what was told long ago."""
    with watcher.watch(who(ADA)) as mine:
        backend.revoke(MAR)
        time.sleep(1.2)
        backend.revoke(ADA, "s1", ago=20)
        assert mine.wait(LONG) == "x"


@pytest.mark.parametrize(("reason", "refusal"), [(CHANGED, Unavailable), ("suspended", Unauthenticated)])
def test_an_older_token_opens_nothing_after_a_change_of_its_person(
    backend: Backend, watcher: Watcher, reason: str, refusal: type[Exception]
) -> None:
    """The gateway may have kept the decision of before."""
    backend.revoke(ADA, ago=5, reason=reason)
    with pytest.raises(refusal), watcher.watch(who(ADA, ago=10)):
        pass
    with watcher.watch(who(ADA)) as newer:
        assert newer.wait(1.2) is None


def test_a_credential_that_has_ended_opens_nothing_ever(backend: Backend, watcher: Watcher) -> None:
    backend.revoke(ADA, "s1", ago=60)
    with pytest.raises(Unauthenticated), watcher.watch(who(ADA)):
        pass
    with watcher.watch(who(ADA, "s2")) as other:
        assert other.ended is None


def test_a_backend_that_is_away_for_a_moment_ends_nothing(backend: Backend, watcher: Watcher) -> None:
    with watcher.watch(who(ADA)) as mine:
        before, backend.away = len(backend.asked), True
        until(lambda: len(backend.asked) > before)
        backend.away = False
        assert mine.wait(2.5) is None


def test_a_process_that_cannot_learn_lets_nothing_go_on(backend: Backend, watcher: Watcher) -> None:
    called = threading.Event()
    with watcher.watch(who(ADA)) as mine, watcher.watch(who(MAR), lambda _: called.set()):
        backend.away = True
        with in_time(revocations.PATIENCE + 0.5):
            mine.wait(LONG)
        assert mine.ended == UNKNOWN
        assert called.wait(LONG)
        with pytest.raises(Unavailable), watcher.watch(who(ADA)):
            pass
    before, backend.away = len(backend.asked), False
    until(lambda: len(backend.asked) > before + 1)
    with watcher.watch(who(ADA)) as again:
        assert again.ended is None


def test_nothing_begins_before_anything_was_learned(backend: Backend, watcher: Watcher) -> None:
    backend.away = True
    with pytest.raises(Unavailable), watcher.watch(who(ADA)):
        pass


def test_what_has_ended_is_forgotten(backend: Backend, watcher: Watcher) -> None:
    for _ in range(100):
        with watcher.watch(who(ADA)):
            pass
    assert vars(watcher)["_watches"] == {}


def test_it_asks_over_http_from_a_while_before_its_last_answer() -> None:
    asked: list[str | None] = []
    app = Flask("backend")
    item = {"number": 1, "at": now().isoformat(), "person": ADA, "credential": None, "reason": "suspended"}

    @app.get("/internal/revocations")
    def told() -> Response:
        asked.append(request.args.get("since"))
        return jsonify({"now": now().isoformat(), "items": [item] if len(asked) > 1 else []})

    with serving(app) as address:
        watcher = Watcher(revocations.asking(address))
        with watcher.watch(who(ADA)) as mine:
            assert mine.wait(LONG) == "suspended"
        watcher.stop()
    assert asked[0] is None
    assert asked[1] is not None
    assert timedelta(seconds=29) < now() - datetime.fromisoformat(asked[1]) < timedelta(seconds=LONG)


def test_who_looks_themselves_is_ended_by_what_they_did_not_see_and_by_nothing_else(
    backend: Backend, watcher: Watcher
) -> None:
    with watcher.watch(who(MAR)):
        backend.revoke(ADA, reason=CHANGED)
        backend.revoke(ADA, reason=CHANGED)
        time.sleep(1.2)
        with watcher.watch(who(ADA, ago=10), looks=True) as known_before:
            known_before.heed(frozenset({1, 2}))
            assert known_before.wait(1.2) is None
        with watcher.watch(who(ADA), looks=True) as mine, watcher.watch(who(ADA), looks=True) as other:
            backend.revoke(ADA, reason=CHANGED)
            time.sleep(1.2)
            assert (mine.ended, other.ended) == (None, None)
            mine.heed(frozenset({1, 2, 3}))
            other.heed(frozenset({1, 2}))
            assert (other.wait(LONG), mine.ended) == (CHANGED, None)
            backend.revoke(ADA, "s1", reason="signed-out")
            assert mine.wait(LONG) == "signed-out"

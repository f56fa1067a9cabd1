"""The worker: goes on whatever happens to it, tells how it is, and ends when it is asked to."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.ports import free_block
from servicekit.events.health import serve_health
from servicekit.events.worker import Worker
from servicekit.settings import Settings
from servicekit.tests.events.conftest import DELETED, QUEUE, House
from tests.support.waiting import LONG, until

STATE = {"relay": "ok", "watch": "ok", QUEUE: "ok", "again": "ok"}


@contextmanager
def running(worker: Worker) -> Iterator[None]:
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.stopping.set()
        thread.join(LONG)
        assert not thread.is_alive()


@pytest.fixture
def worker(house: House) -> Worker:
    settings = Settings(broker_url=f"filesystem://{house.folder}")
    return Worker("documents", settings, house.database, {QUEUE: {DELETED: house.handler}})


def test_it_relays_and_consumes_until_it_is_asked_to_end(house: House, worker: Worker) -> None:
    house.tell(20)
    with running(worker):
        until(lambda: len(house.effects) == 20 and house.unsent == 0)
        assert worker.state() == STATE
        until(lambda: worker.figures.registry.get_sample_value("events_dead_letters", {"queue": QUEUE}) == 0)


def test_without_its_broker_it_is_not_ready_and_goes_on_when_it_is_there(
    house: House, worker: Worker
) -> None:
    house.tell(1)
    house.folder.write_text("in the way")
    with running(worker):
        until(lambda: worker.state() == dict.fromkeys(STATE, "failing") | {"again": "ok"})
        house.folder.unlink()
        until(lambda: len(house.effects) == 1 and set(worker.state().values()) == {"ok"})


def test_how_far_it_is_behind_is_told_also_without_a_broker(house: House, worker: Worker) -> None:
    house.tell(1)
    house.folder.write_text("in the way")
    with running(worker):
        until(lambda: (worker.figures.registry.get_sample_value("events_outbox_lag_seconds") or 0) > 0)


def test_a_database_that_is_away_is_no_failure_of_a_message(
    house: House, worker: Worker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from sqlalchemy.exc import OperationalError

    away = threading.Event()
    check = house.database.check

    def asked() -> None:
        if away.is_set():
            raise OperationalError("SELECT 1", {}, Exception("gone away"))
        check()

    def handle(_tx: object, _event: object) -> None:
        if away.is_set():
            raise OperationalError("INSERT", {}, Exception("gone away"))
        handled.append(1)

    handled = list[int]()
    house.handler = handle
    monkeypatch.setattr(house.database, "check", asked)
    monkeypatch.setattr("servicekit.events.consumer.OUTAGE", 0.05)
    away.set()
    house.tell(1)
    with house.working():
        threading.Timer(1, away.clear).start()
        until(lambda: house.unsent == 0)
    assert handled == [1]
    assert (house.count("failed"), house.count("buried")) == (0, 0)


def test_it_answers_those_who_watch_it(worker: Worker) -> None:
    port = free_block(1)
    with serve_health("127.0.0.1", port, worker.state, worker.figures.registry):
        assert answer(port, "/healthz") == (200, '{"status": "ok"}')
        assert json.loads(answer(port, "/readyz")[1]) == STATE
        assert "events_outbox_lag_seconds 0.0" in answer(port, "/metrics")[1]
        worker.loops[0].failure = "away"
        assert answer(port, "/readyz")[0] == 503
        assert answer(port, "/else")[0] == 404


def answer(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=LONG) as told:
            return told.status, told.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""

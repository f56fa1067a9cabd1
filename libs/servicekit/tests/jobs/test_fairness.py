"""Whose turn it is, how many of a person's jobs run and wait, and how long they are kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from servicekit.ids import now
from servicekit.jobs import content, ending, lease, own, runner, service
from servicekit.jobs.tables import JOBS, TABLES
from servicekit.problems import Conflict, NotFound, TooManyRequests
from servicekit.tests.jobs.conftest import ANA, BEA, NAME, Workshop


def test_who_has_much_to_do_does_not_hold_up_the_others(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SLICE", 0)
    for _ in range(5):
        workshop.submit(ANA, total=2)
    workshop.submit(BEA, total=2)
    workshop.submit("eva", total=1)
    workshop.run(12)
    assert [said.split()[0] for said in workshop.effects[:6]] == ["ana", "bea", "eva", "ana", "bea", "ana"]


def test_who_comes_later_is_not_served_before_who_waits(workshop: Workshop) -> None:
    """Somebody who submits one job after the other is not new each time."""
    first = workshop.submit(ANA, total=1)
    workshop.run()
    second, other = workshop.submit(ANA, total=1), workshop.submit(BEA, total=1)
    workshop.run()
    assert [workshop.state(job) for job in (first, second, other)] == ["done", "queued", "done"]


def test_of_one_person_only_some_run_at_once(workshop: Workshop) -> None:
    for _ in range(5):
        workshop.submit(ANA)
    taken = [workshop.take() for _ in range(4)]
    assert [job is not None for job in taken] == [True, True, False, False]
    workshop.submit(BEA)
    other = workshop.take()
    assert other is not None
    assert other.owner == BEA


def test_nor_when_all_runners_look_at_once(workshop: Workshop) -> None:
    for _ in range(16):
        workshop.submit(ANA)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: workshop.take(), range(16)))
    assert sum(job is not None for job in taken) == lease.RUNNING_PER_PERSON
    fences = [job.id for job in taken if job]
    assert len(set(fences)) == len(fences)


def test_too_many_that_wait_are_refused_however_they_come(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_UNFINISHED", 5)
    barrier = threading.Barrier(8)

    def submit(_: int) -> str:
        barrier.wait()
        try:
            return workshop.submit(ANA)
        except TooManyRequests as refusal:
            return refusal.headers["Retry-After"]

    with ThreadPoolExecutor(8) as pool:
        submitted = [job for job in pool.map(submit, range(16)) if job != service.AGAIN_AFTER]
    assert len(submitted) == 5
    workshop.submit(BEA)
    with workshop.database.write() as tx:
        service.cancel(tx, NAME, ANA, submitted[0])
    workshop.submit(ANA)


def test_too_much_that_waits_is_refused(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_KEPT", 10)
    workshop.submit(ANA, pieces=(b"123456",))
    with pytest.raises(TooManyRequests):
        workshop.submit(ANA, pieces=(b"123456",))
    workshop.submit(ANA)
    workshop.submit(BEA, pieces=(b"123456",))


def test_who_may_cancel_what(workshop: Workshop) -> None:
    job = workshop.submit(ANA)
    for owner, wanted in ((BEA, job), (ANA, "no id"), (ANA, "00000000-0000-7000-8000-000000000000")):
        with pytest.raises(NotFound), workshop.database.write() as tx:
            service.cancel(tx, NAME, owner, wanted)
    for _ in range(2):
        with workshop.database.write() as tx:
            service.cancel(tx, NAME, ANA, job)
    workshop.run()
    assert (workshop.state(job), workshop.effects) == ("cancelled", [])
    done = workshop.submit(ANA)
    workshop.run()
    with pytest.raises(Conflict), workshop.database.write() as tx:
        service.cancel(tx, NAME, ANA, done)


def test_content_is_a_file_until_the_end(workshop: Workshop) -> None:
    data = bytes(range(256)) * 5000  # three pieces
    pieces = tuple(data[at : at + content.PIECE] for at in range(0, len(data), content.PIECE))
    job = workshop.submit(ANA, pieces=pieces)
    file = content.opened(workshop.database, job, len(data))
    assert file.read() == data
    for at in (0, content.PIECE - 3, 2 * content.PIECE - 1, len(data) - 2, len(data) + 5):
        file.seek(at)
        assert file.read(10) == data[at : at + 10]
    file.seek(-4, 2)
    assert file.read() == data[-4:]
    workshop.run()
    with pytest.raises(content.Gone):
        content.opened(workshop.database, job, len(data)).read()


def test_what_is_old_is_ended_and_removed(workshop: Workshop) -> None:
    lost, done, fresh = workshop.submit(ready=False), workshop.submit(), workshop.submit(BEA)
    workshop.run(2)
    workshop.change(lost, created_at=now() - ending.LONGEST - timedelta(minutes=1))
    workshop.change(done, ended_at=now() - ending.KEPT - timedelta(minutes=1))
    workshop.run()
    assert (workshop.state(lost), workshop.row(lost).reason) == ("failed", "expired")
    assert workshop.state(fresh) == "done"
    with workshop.database.read() as tx:
        assert [row.id for row in service.newest(tx, ANA, 10)] == [lost]


def test_long_reports_are_removed_a_few_at_a_time(workshop: Workshop) -> None:
    """A hundred of them at once would hold up every other writer, and on MySQL never be done within its time."""
    for lines in (9_000, 2_000, 50_000, 3, 4, 5):
        workshop.change(workshop.submit(), left_out=lines)
    at_once = list[int]()
    while not at_once or at_once[-1]:
        with workshop.database.write() as tx:
            at_once.append(ending.remove_some(tx, JOBS.c.owner == ANA))
    assert sum(at_once) == 6
    assert len(at_once) > 3


def test_a_persons_own_are_given_and_erased(workshop: Workshop) -> None:
    jobs = [workshop.submit(ANA, total=1, pieces=(b"content",)) for _ in range(12)]
    kept = workshop.submit(BEA)
    workshop.run(3)
    held = workshop.take()
    assert held is not None
    files = list(own.files(workshop.database, ANA))
    assert len(files) == len(jobs)
    assert all(job in "".join(file.text for file in files) for job in jobs)
    assert not any("token" in file.text for file in files)
    while True:
        with workshop.database.write() as tx:
            if own.erase_some(tx, ANA):
                break
    assert list(own.files(workshop.database, ANA)) == []
    with workshop.database.read() as tx:
        left = [tx.scalar(select(func.count()).select_from(table)) for table in TABLES]
    assert left == [1, 1, 0, 0]
    workshop.run()
    assert workshop.state(kept) == "done"

"""Runners: each step once, whatever happens to who works it out."""

import threading
import time
from collections.abc import Generator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from servicekit.identity import Identity
from servicekit.jobs import JobFailed, Line, Lost, Outcome, Step, Work, ending, lease, runner, service
from servicekit.jobs.job import Leased
from servicekit.jobs.tables import JOB_LINES, JOBS
from servicekit.problems import Unavailable
from servicekit.tests.jobs.conftest import ANA, BEA, MAY, NAME, Workshop, counting, note
from tests.support.waiting import LONG, until


def test_from_its_submission_to_its_end(workshop: Workshop) -> None:
    job = workshop.submit(total=3)
    workshop.run()
    row = workshop.row(job)
    assert (row.state, row.done, row.total, row.token, row.leased_until) == ("done", 3, 3, None, None)
    assert workshop.effects == ["ana 0", "ana 1", "ana 2"]
    assert workshop.told(job) == ["queued", "running", "done"]
    assert row.created_at <= row.started_at <= row.ended_at


def test_it_waits_for_its_event(workshop: Workshop) -> None:
    job = workshop.submit(ready=False)
    workshop.run()
    assert workshop.state(job) == "queued"
    with workshop.database.write() as tx:
        service.make_ready(tx, job, "a token")
    workshop.run()
    assert workshop.state(job) == "done"


def test_an_event_that_comes_again_later_begins_nothing(workshop: Workshop) -> None:
    job = workshop.submit()
    workshop.run()
    with workshop.database.write() as tx:
        service.make_ready(tx, job, "a token")
    workshop.run()
    assert (workshop.state(job), len(workshop.effects), workshop.row(job).token) == ("done", 3, None)


def test_another_goes_on_where_a_killed_one_has_stopped(workshop: Workshop) -> None:
    job = workshop.submit(total=4)
    dead = workshop.take()
    assert dead is not None
    with workshop.database.write() as tx:
        lease.advance(tx, NAME, dead, Step(1, 4, 1, effect=note("ana 0")))
    workshop.run()
    assert workshop.state(job) == "running"
    workshop.abandon(job)
    workshop.run()
    assert (workshop.state(job), workshop.effects) == ("done", [f"ana {number}" for number in range(4)])


def test_one_that_was_only_slow_changes_nothing_any_more(workshop: Workshop) -> None:
    job = workshop.submit(total=2)
    slow = workshop.take()
    assert slow is not None
    workshop.abandon(job)
    workshop.run()
    with pytest.raises(Lost), workshop.database.write() as tx:
        lease.advance(tx, NAME, slow, Step(1, 2, 1, effect=note("a second time")))
    with workshop.database.write() as tx:
        lease.fail(tx, NAME, slow, "internal", "too late")
        lease.give_back(tx, slow)
        assert not lease.renew(tx, slow)
    assert (workshop.state(job), workshop.effects) == ("done", ["ana 0", "ana 1"])


def test_a_long_step_keeps_its_lease(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "RENEW", 0.05)
    monkeypatch.setattr(lease, "LEASE", lease.LEASE / 2)
    over = threading.Event()

    def long(work: Work) -> Generator[Step, None, None]:
        if work.job.position is None:
            over.wait(LONG)
            yield Step(1, 1, 1, effect=note(f"by {work.job.fence}"))

    workshop.steps = long
    job = workshop.submit()
    with workshop.running(2):
        until(lambda: workshop.state(job) == "running")
        assert not over.wait(6)  # longer than the lease
        over.set()
        until(lambda: workshop.state(job) == "done")
    assert workshop.effects == ["by 1"]


@pytest.mark.parametrize("asks", [True, False])
def test_cancelled_in_the_middle_of_a_step(workshop: Workshop, asks: bool) -> None:
    begun, noticed = threading.Event(), threading.Event()

    def slow(work: Work) -> Generator[Step, None, None]:
        yield Step(1, 2, 1, [Line("one", Outcome.SUCCEEDED)], note("one"))
        begun.set()
        try:
            until(lambda: not work.held.is_set())
            if asks:
                work.check()
        except Lost:
            noticed.set()
            raise
        yield Step(2, 2, 2, [Line("two", Outcome.SUCCEEDED)], note("two"))

    workshop.steps = slow
    job = workshop.submit()
    with workshop.running():
        assert begun.wait(LONG)
        with workshop.database.write() as tx:
            service.cancel(tx, NAME, ANA, job)
        assert workshop.state(job) == "cancelled"
        until(lambda: noticed.is_set() == asks)
    row = workshop.row(job)
    assert (row.state, row.done, row.succeeded, workshop.effects) == ("cancelled", 1, 1, ["one"])
    assert workshop.told(job)[-1] == "cancelled"


def test_whose_rights_end_has_nothing_more_done(workshop: Workshop) -> None:
    def ask(job: object) -> Identity:
        if len(workshop.effects) >= 2:
            raise JobFailed("ended", "You have signed out everywhere.")
        return Identity(ANA, frozenset({MAY}))

    workshop.ask = ask
    job = workshop.submit(total=5)
    workshop.run()
    row = workshop.row(job)
    assert (row.state, row.reason, row.detail) == ("failed", "ended", "You have signed out everywhere.")
    assert (row.done, workshop.effects, row.token) == (2, ["ana 0", "ana 1"], None)


def test_rights_that_end_while_a_step_is_worked_out_count(workshop: Workshop) -> None:
    ended = threading.Event()

    def ask(job: object) -> Identity:
        if ended.is_set():
            raise JobFailed("ended", "Suspended.")
        return Identity(ANA, frozenset({MAY}))

    def step(work: Work) -> Generator[Step, None, None]:
        ended.set()
        yield Step(1, 1, effect=note("too late"))

    workshop.ask, workshop.steps = ask, step
    job = workshop.submit()
    workshop.run()
    assert (workshop.state(job), workshop.effects) == ("failed", [])


@pytest.mark.parametrize("identity", [Identity(ANA, frozenset()), Identity("bea", frozenset({MAY}))])
def test_the_permission_and_the_person_must_be_the_jobs(workshop: Workshop, identity: Identity) -> None:
    workshop.ask = lambda job: identity
    job = workshop.submit()
    workshop.run()
    assert (workshop.row(job).reason, workshop.effects) == ("forbidden", [])


def test_what_fails_is_tried_again_and_given_up_in_the_end(workshop: Workshop) -> None:
    tried = list[int]()

    def bad(work: Work) -> Generator[Step, None, None]:
        tried.append(work.job.failures)
        if len(tried) == 3:
            yield Step(1, 2, 1, effect=note("progress"))
        raise ValueError("of no interest")

    workshop.steps = bad
    job = workshop.submit()
    for _ in range(20):
        workshop.run()
        workshop.change(job, due_at=workshop.row(job).created_at)
    row = workshop.row(job)
    assert tried == [0, 1, 2, 1, 2, 3, 4]  # progress begins the count anew
    assert (row.state, row.reason, workshop.effects) == ("failed", "internal", ["progress"])
    assert "of no interest" not in row.detail


def test_what_kills_its_runner_is_given_up_too(workshop: Workshop) -> None:
    job = workshop.submit()
    for _ in range(runner.TRIES):
        assert workshop.take() is not None
        workshop.abandon(job)
    workshop.run()
    assert (workshop.row(job).reason, workshop.effects) == ("internal", [])


def test_a_service_that_does_not_answer_is_waited_for(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(work: Work) -> Generator[Step, None, None]:
        if work.job.done == 0:
            raise Unavailable
        yield Step(1)

    workshop.steps = away
    job = workshop.submit()
    for _ in range(2 * runner.TRIES):
        workshop.run()
        assert workshop.row(job).due_at > workshop.row(job).started_at
        workshop.change(job, due_at=workshop.row(job).created_at)
    assert (workshop.state(job), workshop.row(job).failures) == ("running", 0)
    monkeypatch.setattr(runner, "PATIENCE", runner.LONGEST_WAIT * 0)
    workshop.run()
    assert (workshop.state(job), workshop.row(job).reason) == ("failed", "unavailable")


def test_one_that_ends_gives_back_what_it_has(workshop: Workshop) -> None:
    def long(work: Work) -> Generator[Step, None, None]:
        workshop.stopping.set()
        work.check()
        yield Step(1, 1)

    workshop.steps = long
    job = workshop.submit()
    workshop.run()
    assert (workshop.state(job), workshop.row(job).leased_until) == ("running", None)
    workshop.steps = counting
    workshop.stopping.clear()
    workshop.run()
    assert workshop.state(job) == "done"


def test_lines_follow_each_other_over_steps_and_are_cut(workshop: Workshop) -> None:
    def reporting(work: Work) -> Generator[Step, None, None]:
        yield Step(2, 3, 2, [Line("a", Outcome.FAILED, "bad", "b" * 600), Line("c" * 400, Outcome.LEFT_OUT)])
        yield Step(3, 3, 3, [Line("d", Outcome.SUCCEEDED, result="id")])

    workshop.steps = reporting
    job = workshop.submit()
    workshop.run()
    with workshop.database.read() as tx:
        lines = tx.execute(select(JOB_LINES).order_by(JOB_LINES.c.number)).all()
    assert [(line.number, line.outcome, len(line.subject)) for line in lines] == [
        (0, "failed", 1),
        (1, "left_out", 300),
        (2, "succeeded", 1),
    ]
    row = workshop.row(job)
    assert (row.succeeded, row.left_out, row.failed) == (1, 1, 1)


def test_many_runners_do_each_step_once(workshop: Workshop) -> None:
    jobs = [workshop.submit(owner, total=5) for owner in ("ana", "bea", "eva") for _ in range(4)]
    with workshop.running(4):
        until(lambda: {workshop.state(job) for job in jobs} == {"done"})
    assert sorted(workshop.effects) == sorted(
        f"{owner} {number}" for owner in ("ana", "bea", "eva") for _ in range(4) for number in range(5)
    )


def test_a_step_for_which_the_database_was_waited_too_long_asks_for_the_person_again(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was suspended while it waited for a lock has nothing more done."""
    monkeypatch.setattr(runner, "WAITS", 2.0)
    asked, slow = list[str](), list[str]()

    def steps(work: Work) -> Generator[Step, None, None]:
        def waiting(tx: Session) -> None:
            note("slow" if not slow else "soon")(tx)
            if not slow:
                slow.append("once")
                time.sleep(2.2)

        yield Step(1, 2, 1, effect=waiting)
        yield Step(2, 2, 2, effect=note("in vain"))

    def ask(job: Leased) -> Identity:
        asked.append(job.owner)
        if slow and workshop.effects:  # suspended after the first step was applied
            raise JobFailed("ended", "The person was suspended.")
        return Identity(job.owner, frozenset({MAY}))

    workshop.steps, workshop.ask = steps, ask
    job = workshop.submit()
    workshop.run(2)
    assert workshop.effects == ["soon"]
    assert len(asked) >= 4  # at the beginning, twice for the first step, and then in vain
    assert (workshop.row(job).done, workshop.state(job)) == (1, "failed")


def test_a_database_that_is_always_too_slow_is_waited_for(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "WAITS", -1.0)
    job = workshop.submit()
    workshop.run()
    assert (workshop.effects, workshop.state(job), workshop.row(job).failures) == ([], "running", 0)


def test_of_one_person_the_newest_that_have_ended_are_kept(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "KEPT_OF_ONE", 3)
    old = [workshop.submit(ANA, 1) for _ in range(5)]
    theirs = [workshop.submit(BEA, 1) for _ in range(3)]
    workshop.run(8)
    waiting = workshop.submit(ANA, 1, ready=False)
    workshop.run()  # a new runner tidies first
    with workshop.database.read() as tx:
        left = set(tx.scalars(select(JOBS.c.id)))
    assert left >= {waiting, *theirs}
    assert len(left & set(old)) == 3

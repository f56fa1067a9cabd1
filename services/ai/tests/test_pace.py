"""What costs nothing of a budget is done at a pace that leaves room for others."""

from dataclasses import replace

import pytest
from apiflask import APIFlask

from ai import pace
from ai.pace import Pace
from ai.problems import TooFast
from ai.tests.people import Person, read


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def steps(kept: Pace, person: str, tries: int) -> int:
    """How many of so many tries are taken."""
    taken = 0
    for _ in range(tries):
        try:
            kept.step(person)
        except TooFast:
            continue
        taken += 1
    return taken


def test_a_burst_and_then_so_many_a_second(clock: Clock) -> None:
    kept = Pace(4, 60, clock)
    assert steps(kept, "ana", 100) == 60
    assert steps(kept, "bea", 100) == 60
    clock.now += 1.5
    assert steps(kept, "ana", 100) == 6
    clock.now += 3600
    assert steps(kept, "ana", 100) == 60


def test_it_says_when_to_come_again(clock: Clock) -> None:
    kept = Pace(0.1, 1, clock)
    kept.step("ana")
    clock.now += 2
    with pytest.raises(TooFast) as refused:
        kept.step("ana")
    assert refused.value.headers["Retry-After"] == "8"
    clock.now += 8
    kept.step("ana")


def test_who_has_everything_left_is_forgotten_first(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST", 10)
    kept = Pace(1, 5, clock)
    assert steps(kept, "greedy", 50) == 5
    clock.now += 2
    for number in range(10):
        kept.step(f"person-{number}")
        clock.now += 0.1
    assert steps(kept, "greedy", 50) == 3


@pytest.mark.usefixtures("library")
def test_searching_asking_and_tags_go_at_one_pace_and_cost_nothing(
    app: APIFlask, ana: Person, bea: Person
) -> None:
    app.extensions["ai"] = replace(app.extensions["ai"], pace=Pace(0.001, 2))
    try:
        assert ana.post("/ask", json={"question": "What is rye?"}).status_code == 200
        assert ana.post("/tags", json={"title": "Rye", "body": "Bread."}).status_code == 200
        for path, body in (
            ("/search", {"query": "rye"}),
            ("/ask", {"question": "What?"}),
            ("/tags", {"title": "Rye", "body": "Bread."}),
        ):
            answer = ana.post(path, json=body)
            assert (answer.status_code, read(answer)["type"]) == (429, "/docs/errors/too-many-requests")
            assert int(answer.headers["Retry-After"]) > 0
        assert bea.post("/tags", json={"title": "Rye", "body": "Bread."}).status_code == 200
        assert ana.usage()["day"]["used"] == 0
    finally:
        app.extensions["ai"] = replace(app.extensions["ai"], pace=Pace())

"""How many may wait: whoever comes when there is no room for them is told at once."""

import threading
from collections import Counter
from contextlib import ExitStack, suppress

import pytest
from apiflask import APIFlask

from ai.crowd import Crowd
from ai.parts import Parts
from ai.problems import QueueFull
from ai.settings import Settings
from ai.tests.people import Person, read

MOST = 512


@pytest.mark.parametrize("threads", [1, 2, 3, 16, 96, MOST])
def test_there_are_always_threads_that_do_not_wait(threads: int) -> None:
    """Whatever is set, and whoever they are: else nobody could be told that there is no room."""
    crowd, inside = Crowd.of_threads(threads), Counter[str]()
    with ExitStack() as stack:
        for number in range(2 * MOST):
            person = f"{number // MOST}"
            if waits(crowd, person, stack):
                inside[person] += 1
        assert 1 <= inside.total() < max(threads, 2)
        assert max(inside.values()) <= max(1, threads * 2 // 3)
        if threads >= 16:
            assert min(inside["0"], inside["1"]) >= 1
    assert waits(crowd, "0", ExitStack())


def waits(crowd: Crowd, person: str, stack: ExitStack) -> bool:
    """In a thread of its own, as each request has one."""
    found: list[bool] = []

    def wait() -> None:
        with suppress(QueueFull):
            stack.enter_context(crowd.one_of(person))
            found.append(True)

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    return bool(found)


def test_who_is_inside_is_counted_once() -> None:
    crowd = Crowd.of_threads(1)
    with crowd.one_of("ana"), crowd.one_of("ana"):
        assert crowd._inside == {"ana": 1}
    assert crowd._inside == {}


def test_chat_and_embeddings_are_one_crowd(app: APIFlask, ana: Person, bea: Person) -> None:
    parts: Parts = app.extensions["ai"]
    assert parts.crowd._of_all is not None
    assert parts.crowd._of_all < Settings().threads
    with ExitStack() as stack:
        while waits(parts.crowd, str(ana.subject), stack):
            pass
        for answer in (
            ana.chat("steady"),
            ana.post("/v1/embeddings", json={"model": "all-minilm-l6-v2", "input": "a"}),
        ):
            assert (answer.status_code, read(answer)["error"]["code"]) == (429, "rate_limit_exceeded")
        assert bea.chat("steady").status_code == 200
    assert ana.chat("steady").status_code == 200

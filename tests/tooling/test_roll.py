"""`make roll`: in which order replicas start, end and are waited for."""

import time

import pytest

from scripts import roll


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, a word each; two replicas of every service run."""
    words: list[str] = []

    def told(command: str, *rest: str) -> list[str]:
        words.append(command)
        return ["first", "second"] if "ps" in rest else []

    monkeypatch.setattr(roll, "compose", lambda command, *_: words.append(command))
    monkeypatch.setattr(roll, "told", told)
    monkeypatch.setattr(time, "sleep", lambda _: words.append("wait"))
    monkeypatch.setattr("sys.argv", ["roll", "documents", "frontend"])
    return words


def test_nobody_gets_an_address_that_the_gateway_still_has_for_another_service(done: list[str]) -> None:
    assert roll.main() == 0
    replica = ["up", "wait", "stop", "rm"]
    service = ["compose", *replica, *replica, "wait"]
    assert done == ["build", "run", *service, *service]

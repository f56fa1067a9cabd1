"""`make roll`: in which order replicas start, end and are waited for."""

from types import SimpleNamespace

import pytest

from scripts import roll


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, a word each; two replicas of every service run."""
    words: list[str] = []

    def told(command: str, *rest: str) -> list[str]:
        words.append(command)
        return ["first", "second"] if "ps" in rest else []

    monkeypatch.setattr(roll, "compose", lambda *command: words.append(_word(command)))
    monkeypatch.setattr(roll, "told", told)
    monkeypatch.setattr(roll, "time", SimpleNamespace(sleep=lambda _: words.append("wait")))
    monkeypatch.setattr("sys.argv", ["roll", "documents", "frontend"])
    return words


def test_nobody_gets_an_address_that_the_gateway_still_has_for_another_service(done: list[str]) -> None:
    assert roll.main() == 0
    replica = ["up", "wait", "stop", "rm"]
    service = ["compose", *replica, *replica, "wait"]
    migration = ["run documents_migrate"]
    assert done[3:-1] == [*migration, *service, *service]


def test_the_broker_learns_first_what_there_is_and_in_the_end_what_leads_where(done: list[str]) -> None:
    """A worker of the release before would make dead letters of what it does not know."""
    assert roll.main() == 0
    assert done[:3] == ["build", "run init", "exec definitions-unbound.json"]
    assert done[-1] == "exec definitions.json"


def _word(command: tuple[str, ...]) -> str:
    """What matters of it."""
    told = {"run": command[-1], "exec": command[-1].rpartition("/")[2]}
    return f"{command[0]} {told[command[0]]}" if command[0] in told else command[0]

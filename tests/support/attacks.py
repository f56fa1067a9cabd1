"""Attacks: what somebody might try, and what comes of it. A run ends by telling how many of how many were refused.

A plugin of pytest (see the root conftest.py). A test that makes some asks for the fixture `attacks` and notes each.
"""

import json
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import pytest

PROPERTY = "attacks"


class Kind(StrEnum):
    ELSEWHERE = "a token of one service at another, or none of ours"
    BEYOND = "a service asks for an audience, an event or a scope that it may not have"
    IMPOSTOR = "somebody else asks in a service's name"
    MESSAGE = "a message with another's token, another event's, an expired or a forged one, or none"
    QUEUE = "into or out of a queue, with the broker's password of another service"


class Attacks:
    def __init__(self) -> None:
        self.refused: Counter[str] = Counter()
        self.succeeded: list[tuple[str, object]] = []

    def note(self, kind: Kind, what: str, met: object, expected: object) -> None:
        """One attempt: how it ended, and the refusal that was expected."""
        print(f"{what:42} {met}")
        if met == expected:
            self.refused[kind.value] += 1
        else:
            self.succeeded.append((what, met))


@pytest.fixture
def attacks(request: pytest.FixtureRequest) -> Iterator[Attacks]:
    """Fails the test if any of them ended otherwise than expected."""
    made = Attacks()
    yield made
    request.node.user_properties.append((PROPERTY, json.dumps(made.refused)))
    assert made.succeeded == []
    assert made.refused, "no attack was noted"


class Summary:
    """What all tests noted, also those in other processes of the run."""

    def __init__(self) -> None:
        self._refused: Counter[str] = Counter()
        self._failed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = dict(report.user_properties).get(PROPERTY)
        if report.when == "teardown" and told:
            self._refused.update(json.loads(str(told)))
            self._failed += report.failed

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self._refused:
            return
        terminalreporter.section("attacks")
        for kind in Kind:
            if count := self._refused[kind.value]:
                terminalreporter.line(f"{count:4} refused: {kind.value}")
        total = self._refused.total()
        told = f"{self._failed} tests saw others succeed" if self._failed else f"{total} of {total} refused"
        terminalreporter.line(told)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Summary(), "attacks-summary")

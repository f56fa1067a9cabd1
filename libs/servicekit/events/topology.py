"""Who tells what, and who listens: contracts/events/topology.toml. Both ends and the broker are set up from it.

What a name begins with is the service that owns it. Beside each queue is one for dead letters, `….dead`, fed by the
exchange `<service>.dead` with the queue's name as routing key.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from servicekit.events import schemas

TRIES = 5
"""After so many failures a message is a dead letter."""


class Binding(NamedTuple):
    exchange: str
    event: str
    queue: str


@dataclass(frozen=True)
class Topology:
    exchanges: Mapping[str, tuple[str, ...]]
    queues: Mapping[str, tuple[str, ...]]

    def exchange_of(self, event: str) -> str:
        """Where this type of event is told; KeyError if nobody tells it."""
        return next((name for name, events in self.exchanges.items() if event in events), "") or _none(event)

    def queues_of(self, event: str) -> list[str]:
        """Whose queues a message of this type must reach."""
        return [name for name, events in self.queues.items() if event in events]

    def listening(self, service: str) -> dict[str, tuple[str, ...]]:
        """The queues of this service, and what is in them."""
        return {name: events for name, events in self.queues.items() if owner(name) == service}

    @property
    def services(self) -> list[str]:
        """Who tells or hears anything."""
        return sorted({owner(name) for name in (*self.exchanges, *self.queues)})

    @property
    def bindings(self) -> list[Binding]:
        return [
            Binding(self.exchange_of(event), event, name)
            for name, events in self.queues.items()
            for event in events
        ]


@cache
def topology() -> Topology:
    told = tomllib.loads((schemas.FOLDER / "topology.toml").read_text(encoding="utf-8"))
    exchanges, queues = (
        {name: tuple(events) for name, events in told[table].items()} for table in ("exchanges", "queues")
    )
    return Topology(exchanges, queues)


def owner(name: str) -> str:
    """The service that an exchange or a queue belongs to."""
    return name.partition(".")[0]


def dead(queue: str) -> str:
    """Where a queue's dead letters are."""
    return f"{queue}.dead"


def dead_exchange(queue: str) -> str:
    """Over which they go there."""
    return f"{owner(queue)}.dead"


def _none(event: str) -> str:
    raise KeyError(event)

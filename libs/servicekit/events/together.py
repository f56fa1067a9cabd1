"""Several events handled in one transaction: a commit for each would be most of the work."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from servicekit.events import inbox
from servicekit.events.event import Event
from servicekit.events.line import Delivery

LONGEST = 0.2  # seconds after which no other is begun: somebody may wait for what this transaction holds

MORE = object()
"""What a handler returns that has done a part only: the part is committed, and it is called again."""


class Arrived(NamedTuple):
    """A message, and the event that was found in it."""

    delivery: Delivery
    event: Event


@dataclass
class Course:
    """What becomes of each with the commit."""

    handled: list[tuple[Arrived, bool]] = field(default_factory=list)  # and whether it was new
    failed: list[tuple[Arrived, Exception]] = field(default_factory=list)
    alone: list[Arrived] = field(default_factory=list)  # what is to be gone on with by itself
    left: list[Arrived] = field(default_factory=list)  # what there was no time for


class Failed(Exception):
    """One of them has failed: nothing of all this may be committed."""

    def __init__(self, one: Arrived, error: Exception) -> None:
        super().__init__()
        self.one, self.error = one, error


def handle_together(
    tx: Session, queue: str, arrived: Sequence[Arrived], handle: Callable[[Session, Arrived], object]
) -> Course:
    """Handle them in this order, as many as there is time for. Raises Failed, or what the database raises."""
    course = Course()
    with tx.begin_nested():  # its end fails if a handler has swallowed an error that ended the transaction
        fresh = inbox.note_all(tx, queue, [one.event.id for one in arrived])
        until = time.monotonic() + LONGEST
        for place, one in enumerate(arrived):
            if place and time.monotonic() >= until:
                course.left = list(arrived[place:])
                break
            if one.event.id in {each.event.id for each in course.alone}:
                course.alone.append(one)  # a copy, which ends when the event does
            elif one.event.id not in fresh:
                course.handled.append((one, False))
            elif _outcome(tx, one, handle) is MORE:
                course.alone.append(one)
            else:
                fresh.remove(one.event.id)  # a copy of it may follow, even later
                course.handled.append((one, True))
        inbox.forget(tx, queue, fresh)
    return course


def _outcome(tx: Session, one: Arrived, handle: Callable[[Session, Arrived], object]) -> object:
    try:
        return handle(tx, one)
    except SQLAlchemyError:
        raise
    except Exception as error:
        raise Failed(one, error) from error

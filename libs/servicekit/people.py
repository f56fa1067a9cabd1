"""A service answers for its part of a person's data: it gives all of it when they ask, and erases all of it when they
delete their account.

Only the backend asks for it, with an identity token for this service, this person and the permission below. That is in
no policy, so the gateway's door can grant it to nobody. To erase is an event that the service hears, and so is its
report that nothing is left.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy.orm import Session

from servicekit.events import MORE, Event, publish
from servicekit.events.topology import owner, topology
from servicekit.guards import Room, require, signed_in
from servicekit.identity import current_identity
from servicekit.problems import NotFound

INTERNAL = "internal:"
"""How permissions begin that only services have, and only for each other."""
EXPORT = f"{INTERNAL}export"

DELETED = "user.deleted.v1"
"""Somebody has deleted their account; told until every service that hears it has reported."""

Files = Callable[[str], Iterable["File"]]
"""All that is kept of a person, by their id, read a little at a time."""
Erase = Callable[[Session, str], bool]
"""Erase some of what is kept of a person, or all; whether nothing is left. Done again, it changes nothing."""


@dataclass(frozen=True)
class File:
    """One file of an export. `name` may be any text: who makes the archive makes a file name of it."""

    name: str
    text: str
    modified_at: datetime | None = None


def room(files: Files) -> Room:
    """`GET /internal/people/<id>/export`."""
    blueprint = APIBlueprint("own_data", __name__, enable_openapi=False)

    @blueprint.get("/<person>/export")
    @require(EXPORT)
    def export(person: str) -> Response:
        """One JSON object a line: the files, and in the end `{"complete": true}`."""
        _only(person)
        found = iter(files(person))
        first = next(found, None)  # what fails at once is told with a status
        return Response(_lines(first, found), content_type="application/x-ndjson")

    return Room(blueprint, "/internal/people", signed_in)


def listeners() -> frozenset[str]:
    """The services that hear who has deleted their account. Each reports when nothing is left there."""
    return frozenset(map(owner, topology().queues_of(DELETED)))


def erasing(report: str, erase: Erase) -> dict[str, Callable[[Session, Event], object]]:
    """The handler of a queue that hears who has deleted their account: erases, a part in each transaction, and tells
    the event `report` (`<service>.person_erased.v1`) in the transaction after which nothing is left.
    """

    def handle(tx: Session, event: Event) -> object:
        if not erase(tx, event.subject):
            return MORE
        publish(tx, Event.of(report, event.subject, told_at=event.envelope()["time"]))
        return None

    return {DELETED: handle}


def _only(person: str) -> None:
    """The token is for one person, too."""
    if current_identity().subject != person:
        raise NotFound


def _lines(first: File | None, rest: Iterator[File]) -> Iterator[str]:
    if first is not None:
        yield _line(first)
    for file in rest:
        yield _line(file)
    yield '{"complete": true}\n'


def _line(file: File) -> str:
    modified_at = file.modified_at.isoformat() if file.modified_at else None
    return json.dumps({"name": file.name, "text": file.text, "modified_at": modified_at}) + "\n"

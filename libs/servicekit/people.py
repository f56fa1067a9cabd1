"""A service answers for its part of a person's data: it gives all of it, and erases all of it.

Only the backend asks, with an identity token for this service, this person and one of the two permissions below. They
are in no policy, so the gateway's door can grant them to nobody.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from apiflask import APIBlueprint
from flask import Response

from servicekit.guards import Room, require, signed_in
from servicekit.identity import current_identity
from servicekit.problems import NotFound

INTERNAL = "internal:"
"""How permissions begin that only services have, and only for each other."""
EXPORT, ERASE = f"{INTERNAL}export", f"{INTERNAL}erase"
PATIENCE = 5.0  # seconds of erasing before the backend is told that there is more


@dataclass(frozen=True)
class File:
    """One file of an export. `name` may be any text: who makes the archive makes a file name of it."""

    name: str
    text: str
    modified_at: datetime | None = None


@dataclass(frozen=True)
class Part:
    """What a service does for a person's own data; both take the person's id."""

    files: Callable[[str], Iterable[File]]
    """All that is kept of the person, read a little at a time."""
    erase: Callable[[str], bool]
    """Erase some of it, or all; whether nothing is left. Done again, it changes nothing."""


def room(part: Part) -> Room:
    """`GET /internal/people/<id>/export` and `DELETE /internal/people/<id>`."""
    blueprint = APIBlueprint("own_data", __name__, enable_openapi=False)

    @blueprint.get("/<person>/export")
    @require(EXPORT)
    def export(person: str) -> Response:
        """One JSON object a line: the files, and in the end `{"complete": true}`."""
        _only(person)
        files = iter(part.files(person))
        first = next(files, None)  # what fails at once is told with a status
        return Response(_lines(first, files), content_type="application/x-ndjson")

    @blueprint.delete("/<person>")
    @require(ERASE)
    def erase(person: str) -> tuple[str, int]:
        """204 when nothing is left, 202 when there is more: ask again."""
        _only(person)
        return "", 204 if _erased(part, person) else 202

    return Room(blueprint, "/internal/people", signed_in)


def _only(person: str) -> None:
    """The token is for one person, too."""
    if current_identity().subject != person:
        raise NotFound


def _erased(part: Part, person: str) -> bool:
    until = time.monotonic() + PATIENCE
    while not (done := part.erase(person)) and time.monotonic() < until:
        pass
    return done


def _lines(first: File | None, rest: Iterator[File]) -> Iterator[str]:
    if first is not None:
        yield _line(first)
    for file in rest:
        yield _line(file)
    yield '{"complete": true}\n'


def _line(file: File) -> str:
    modified_at = file.modified_at.isoformat() if file.modified_at else None
    return json.dumps({"name": file.name, "text": file.text, "modified_at": modified_at}) + "\n"

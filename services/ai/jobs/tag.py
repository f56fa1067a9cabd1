"""The kind of job that gives all of a person's documents tags: of those that are suggested, the ones that are sure.

First it is noted which document gets which tags, then they are saved: who goes on after a runner was killed in between
knows what was its doing, and the report tells of it.
"""

from collections.abc import Generator, Sequence
from functools import partial
from typing import Any, NamedTuple

from ai.jobs import library
from ai.jobs.library import Place
from ai.jobs.service import NEEDS
from ai.parts import Parts
from ai.tags.suggesting import Asked, Suggestion
from servicekit import as_user
from servicekit.jobs import Kind, Line, Outcome, Step, Work
from servicekit.problems import ChangedMeanwhile, NotFound

SURE = {"own": 0.6, "new": 0.42}
"""The score from which on a tag is added, of those that one has already and of new ones."""
MOST_NEW, MOST_ADDED, MOST_TAGS = 2, 5, 20
SUGGESTED = 10
TRIES = 3  # of a document that is saved by somebody else all the time
Added = list[str]


class Found(NamedTuple):
    """A document as it is now, and its version."""

    title: str
    body: str
    tags: list[str]
    etag: str


class Noted(NamedTuple):
    """What a document is to get."""

    id: str
    add: Added


def steps(parts: Parts, work: Work) -> Generator[Step, None, None]:
    """`position` is a Place, and what was noted after it and is not saved yet."""
    place, noted = _begun(work)
    ids = library.ids_of(work.job.owner, place.last)
    while ids or noted:
        if not noted:
            noted = _some(parts, work, ids)
            yield Step(place.done, place.done + len(ids), [place, noted])
        lines = _saved(parts, work, noted)
        done = [each.id for each in noted]
        ids = [each for each in ids if each > done[-1]]
        place, noted = place.after(done, len(ids)), []
        yield Step(place.done, place.total, [place, noted], lines)


def _begun(work: Work) -> tuple[Place, list[Noted]]:
    if work.job.position is None:
        return Place(0, 0, ""), []
    place, noted = work.job.position
    return Place(*place), [Noted(*each) for each in noted]


def _some(parts: Parts, work: Work, ids: Sequence[str]) -> list[Noted]:
    noted = list[Noted]()
    for document_id in work.for_a_step(ids):
        found = _read(document_id)
        noted.append(Noted(document_id, [] if found is None else _sure(parts, work, document_id, found)))
    return noted


def _saved(parts: Parts, work: Work, noted: Sequence[Noted]) -> list[Line]:
    lines = []
    for each in noted:
        work.check()
        lines.append(_save(parts, work, each))
    return lines


def _save(parts: Parts, work: Work, noted: Noted) -> Line:
    """As often as somebody comes between reading and saving, a few times."""
    title, add = noted.id, noted.add
    for number in range(TRIES):
        found = _read(noted.id)
        if found is None:
            return Line(title, Outcome.LEFT_OUT, "document_gone", "It is not there any more.")
        title = found.title
        if number:  # it is another text now
            add = _sure(parts, work, noted.id, found)
        missing = [tag for tag in add if tag.casefold() not in {has.casefold() for has in found.tags}]
        missing = missing[: MOST_TAGS - len(found.tags)]
        if not missing or _put(noted.id, found, missing):
            return _line(title, noted.id, [tag for tag in add if tag in {*missing, *found.tags}])
    detail = "Somebody saved it again and again meanwhile. Begin again, or add tags by hand."
    return Line(title, Outcome.FAILED, "changed_meanwhile", detail, noted.id)


def _line(title: str, document_id: str, added: Added) -> Line:
    if not added:
        return Line(title, Outcome.LEFT_OUT, "no_tags", "No suggested tag is sure enough.", document_id)
    return Line(title, Outcome.SUCCEEDED, "tags_added", ", ".join(added), document_id)


def _read(document_id: str) -> Found | None:
    try:
        answer = as_user("documents", "documents:read").get(f"/{document_id}")
    except NotFound:
        return None
    told: dict[str, Any] = answer.json()
    return Found(told["title"], told["body"], told["tags"], answer.headers["ETag"])


def _put(document_id: str, found: Found, add: Added) -> bool:
    """Whether nobody came between."""
    draft = {"title": found.title, "body": found.body, "tags": [*found.tags, *add]}
    try:
        as_user("documents", "documents:write").put(
            f"/{document_id}", json=draft, headers={"If-Match": found.etag}
        )
    except (ChangedMeanwhile, NotFound):
        return False
    return True


def _sure(parts: Parts, work: Work, document_id: str, found: Found) -> Added:
    owner = work.job.owner
    asked = Asked(owner, owner, found.title, found.body, tuple(found.tags), document_id)
    with work.database.read() as tx:
        suggested = parts.suggester.suggest(tx, asked, SUGGESTED)
    sure = [each for each in suggested if each.score >= SURE[each.source]]
    return _few(sure)[: max(0, min(MOST_ADDED, MOST_TAGS - len(found.tags)))]


def _few(sure: Sequence[Suggestion]) -> Added:
    """One's own first; a few new ones."""
    own = [each.tag for each in sure if each.source == "own"]
    return own + [each.tag for each in sure if each.source == "new"][:MOST_NEW]


def kind(parts: Parts) -> Kind:
    return Kind("tag", NEEDS["tag"], partial(steps, parts))

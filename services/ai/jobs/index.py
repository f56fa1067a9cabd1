"""The kind of job that reads all of a person's documents for the index again, as if it had none of them."""

from collections.abc import Generator, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from ai.index import service, tasks
from ai.index.service import Row
from ai.index.tasks import Task
from ai.index.texts import Text, of_documents
from ai.jobs import library
from ai.jobs.library import Place
from ai.jobs.service import NEEDS
from ai.parts import Parts
from servicekit.jobs import Kind, Line, Outcome, Step, Work


class Read(NamedTuple):
    """A document as it was read; `text` None: it is gone."""

    task: Task
    text: Text | None
    rows: Sequence[Row]

    @property
    def line(self) -> Line:
        if self.text is None:
            return Line(self.task.document_id, Outcome.LEFT_OUT, "document_gone", "It is not there any more.")
        return Line(self.text.title, Outcome.SUCCEEDED, result=self.task.document_id)


def steps(parts: Parts, work: Work) -> Generator[Step, None, None]:
    """`position` is a Place."""
    place = Place.of(work)
    ids = _ids(work, place)
    if work.job.position is None:
        place = place.after([], len(ids))
        yield Step(place.done, place.total, place)
    while ids:
        read = [_read(parts, work, document_id) for document_id in work.for_a_step(ids)]
        ids = ids[len(read) :]
        place = place.after([each.task.document_id for each in read], len(ids))
        yield Step(place.done, place.total, place, [each.line for each in read], effect=partial(_put, read))


def _ids(work: Work, place: Place) -> list[str]:
    """Those of documents, and those that only the index has still."""
    there = library.ids_of(work.job.owner, place.last)
    with work.database.read() as tx:
        indexed = service.ids_of(tx, work.job.owner)
    return sorted({*there, *(each for each in indexed if each > place.last)})


def _read(parts: Parts, work: Work, document_id: str) -> Read:
    """The task is taken first: a change or a deletion from then on takes it away, and makes what was read void."""
    with work.database.write() as tx:
        task = tasks.take(tx, work.job.owner, document_id)
    text = of_documents(document_id)
    if text is None or text.owner != work.job.owner:
        return Read(task, None, ())
    return Read(task, text, service.read(parts.meaning.reading, text, set()))


def _put(read: Sequence[Read], tx: Session) -> None:
    for task, text, rows in read:
        if not tasks.done(tx, task):
            continue
        if text is None:
            service.remove(tx, task.owner, task.document_id)
        else:
            service.replace(tx, task.document_id, text, rows)


def kind(parts: Parts) -> Kind:
    return Kind("index", NEEDS["index"], partial(steps, parts))

"""The kind of job that imports: a few files at a step, each of which becomes a document or a line that says why not."""

from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from documents.imports.archive import Archive, Entry
from documents.imports.markdown import Unreadable, read
from documents.library import service
from documents.library.schemas import DocumentDraft
from documents.search.index import Words
from servicekit.ids import new_id
from servicekit.jobs import Kind, Line, Outcome, Step, Work

MOST_DOCUMENTS = 10  # in a transaction: other writers wait meanwhile
MOST_LINES = 200


class New(NamedTuple):
    """A document that is to be saved."""

    id: str
    draft: DocumentDraft
    words: Words


def steps(work: Work) -> Generator[Step, None, None]:
    """`position` is how many files of the archive are done."""
    with closing(Archive(work.content())) as archive:
        total = len(archive.entries)
        at = work.job.position or 0
        while at < total:
            news, lines = _some(archive, archive.entries[at:], work)
            at += len(lines)
            yield Step(at, total, at, lines, partial(_save, owner=work.job.owner, news=news))


def _some(archive: Archive, entries: Sequence[Entry], work: Work) -> tuple[list[New], list[Line]]:
    """The next documents, and the lines of all that was looked at for them."""
    news, lines = list[New](), list[Line]()
    for entry in work.for_a_step(entries):
        line = entry.refused or _taken(archive, entry, news)
        lines.append(line)
        if len(news) >= MOST_DOCUMENTS or len(lines) >= MOST_LINES:
            break
    return news, lines


def _taken(archive: Archive, entry: Entry, news: list[New]) -> Line:
    content = archive.read(entry)
    if content is None:
        return Line(
            entry.name, Outcome.FAILED, "damaged", "It is damaged in the archive. Make the archive anew."
        )
    try:
        draft, cut = read(entry.name, content)
    except Unreadable as error:
        return Line(entry.name, Outcome.FAILED, error.code, error.detail)
    new = New(new_id(), draft, service.words_of(draft))
    news.append(new)
    if cut:
        return Line(entry.name, Outcome.SUCCEEDED, "tags_cut", "Not all of its tags were kept whole.", new.id)
    return Line(entry.name, Outcome.SUCCEEDED, result=new.id)


def _save(tx: Session, owner: str, news: Sequence[New]) -> None:
    for new in news:
        service.create(tx, owner, new.draft, new.words, new.id)


IMPORT = Kind("import", ("documents:write",), steps)

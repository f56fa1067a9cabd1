"""The samples: Markdown files that `migrate` loads as documents of an owner whom nobody can be."""

from pathlib import Path
from typing import NamedTuple, Self

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, selectinload

from documents.library import service as library
from documents.library.models import Document
from documents.library.schemas import DocumentDraft

OWNER = "visitor:samples"  # the guard `signed_in` refuses every subject that begins so
TEXTS = Path(__file__).parent / "texts"


class SampleFile(NamedTuple):
    """A text with its id, which stays the same in all installations, and its language."""

    id: str
    locale: str
    draft: DocumentDraft

    @classmethod
    def parse(cls, text: str) -> Self:
        """Lines of `name: value`, an empty line, Markdown."""
        head, _, body = text.partition("\n\n")
        given = dict(line.split(": ", 1) for line in head.splitlines())
        draft = DocumentDraft(title=given["title"], body=body, tags=given["tags"].split(", "))
        return cls(given["id"], given["locale"], draft)


def files() -> list[SampleFile]:
    return [SampleFile.parse(path.read_text(encoding="utf-8")) for path in sorted(TEXTS.glob("*.md"))]


def load(session: Session) -> None:
    """Make the stored samples those of the files; the same files again change nothing."""
    samples = files()
    stored = {document.id: document for document in session.scalars(_stored())}
    session.execute(
        delete(Document).where(Document.owner == OWNER, Document.id.not_in([sample.id for sample in samples]))
    )
    for sample in reversed(samples):  # the first file becomes the newest document
        words = library.words_of(sample.draft)
        if sample.id not in stored:
            library.create(session, OWNER, sample.draft, words, document_id=sample.id, locale=sample.locale)
        elif DocumentDraft.model_validate(stored[sample.id], from_attributes=True) != sample.draft:
            library.replace(session, OWNER, sample.id, sample.draft, words, expected=None)


def _stored() -> Select[Document]:
    return select(Document).where(Document.owner == OWNER).options(selectinload(Document.tag_rows))

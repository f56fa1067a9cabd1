"""Putting a document's passages into the index, and taking them out. `owner` is part of every statement."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ai.embedding.reading import Reading
from ai.index import tasks
from ai.index.models import IndexedDocument, IndexStamp, IndexTask, Passage
from ai.index.passages import Piece, pieces
from ai.index.texts import Text
from servicekit.database import changed_one
from servicekit.ids import new_id, now

ERASED_AT_ONCE = 500  # passages
INSERTED_AT_ONCE = 200


class Row(NamedTuple):
    """A passage as it is to be. `made` is its vector and language, where it had to be read anew."""

    piece: Piece
    digest: bytes
    made: tuple[bytes, str] | None


def known(session: Session, owner: str, document_id: str) -> set[bytes]:
    """The digests of the passages that the index has of a document."""
    return set(session.scalars(select(Passage.digest).where(*_of(owner, document_id))))


def read(reading: Reading, text: Text, has: set[bytes]) -> list[Row]:
    """The rows of a document; what the index `has` is not read again. Seconds for a long one: in no transaction."""
    found = [(piece, _digest(reading.recipe, text.title, piece.text)) for piece in pieces(text.body)]
    fresh = list({digest: piece for piece, digest in found if digest not in has}.items())
    made = reading.passages(text.title, [piece.text for _, piece in fresh], text.owner) if fresh else None
    vectors = {
        digest: (made.vectors[row].astype("<f4").tobytes(), made.languages[row])
        for row, (digest, _) in enumerate(fresh)
        if made is not None
    }
    return [Row(piece, digest, vectors.get(digest)) for piece, digest in found]


def put(session: Session, document_id: str, text: Text, rows: Sequence[Row]) -> None:
    """Make the index of a document these rows; those that stay are only moved."""
    kept = _kept(session, text.owner, document_id, rows)
    gone = [number for number, row in kept.items() if row is None]
    for begin in range(0, len(gone), ERASED_AT_ONCE):
        session.execute(delete(Passage).where(Passage.number.in_(gone[begin : begin + ERASED_AT_ONCE])))
    _move(session, kept, rows)
    _add(session, document_id, text.owner, kept, rows)
    _describe(session, document_id, text)
    stamp(session, text.owner)


def replace(session: Session, document_id: str, text: Text, rows: Sequence[Row]) -> None:
    """The same, but nothing that was there stays; each of `rows` must have been read anew."""
    session.execute(delete(Passage).where(*_of(text.owner, document_id)))
    put(session, document_id, text, rows)


def ids_of(session: Session, owner: str) -> set[str]:
    """The documents of a person that the index has."""
    return set(session.scalars(select(IndexedDocument.document_id).where(IndexedDocument.owner == owner)))


def remove(session: Session, owner: str, document_id: str) -> None:
    """A document is gone. Done again, it changes nothing."""
    tasks.drop(session, owner, document_id)
    theirs = (IndexedDocument.owner == owner, IndexedDocument.document_id == document_id)
    if not changed_one(session, delete(IndexedDocument).where(*theirs)):
        return
    session.execute(delete(Passage).where(*_of(owner, document_id)))
    if _has_any(session, owner):
        stamp(session, owner)
    else:  # nothing stays of who has nothing here: without a stamp, what a process holds is read anew
        session.execute(delete(IndexStamp).where(IndexStamp.owner == owner))


def erase_some(session: Session, owner: str) -> bool:
    """Erase a little of all that the index has of a person; whether nothing is left."""
    session.execute(delete(IndexTask).where(IndexTask.owner == owner))
    numbers = list(
        session.scalars(select(Passage.number).where(Passage.owner == owner).limit(ERASED_AT_ONCE))
    )
    if numbers:
        session.execute(delete(Passage).where(Passage.number.in_(numbers)))
        stamp(session, owner)
        return False
    session.execute(delete(IndexedDocument).where(IndexedDocument.owner == owner))
    session.execute(delete(IndexStamp).where(IndexStamp.owner == owner))
    return True


def stamp(session: Session, owner: str) -> None:
    """Tell every process that what it holds of this person is old."""
    changed = {"stamp": new_id()}
    if changed_one(session, update(IndexStamp).where(IndexStamp.owner == owner).values(changed)):
        return
    try:
        with session.begin_nested():
            session.execute(insert(IndexStamp).values(owner=owner, **changed))
    except IntegrityError:
        session.execute(update(IndexStamp).where(IndexStamp.owner == owner).values(changed))


def _has_any(session: Session, owner: str) -> bool:
    one = select(IndexedDocument.document_id).where(IndexedDocument.owner == owner).limit(1)
    return session.scalar(one) is not None


def _kept(session: Session, owner: str, document_id: str, rows: Sequence[Row]) -> dict[int, int | None]:
    """Number of each passage that is there → which of `rows` it is; None: it is none of them."""
    wanted: dict[bytes, list[int]] = {}
    for place, row in reversed(list(enumerate(rows))):
        wanted.setdefault(row.digest, []).append(place)
    there = session.execute(
        select(Passage.number, Passage.digest).where(*_of(owner, document_id)).order_by(Passage.position)
    ).all()
    return {number: wanted[digest].pop() if wanted.get(digest) else None for number, digest in there}


def _move(session: Session, kept: dict[int, int | None], rows: Sequence[Row]) -> None:
    moved = [
        {"number": number, "position": place, "start": rows[place].piece.start}
        for number, place in kept.items()
        if place is not None
    ]
    if moved:
        session.execute(update(Passage), moved)


def _add(
    session: Session, document_id: str, owner: str, kept: dict[int, int | None], rows: Sequence[Row]
) -> None:
    there = {place for place in kept.values() if place is not None}
    made = {row.digest: row.made for row in rows if row.made is not None}
    new = []
    for place, row in enumerate(rows):
        if place in there:
            continue
        vector, language = made.get(row.digest) or _copied(session, owner, document_id, row.digest)
        new.append(
            {
                "owner": owner,
                "document_id": document_id,
                "position": place,
                "start": row.piece.start,
                "text": row.piece.text,
                "language": language,
                "digest": row.digest,
                "vector": vector,
            }
        )
    for begin in range(0, len(new), INSERTED_AT_ONCE):
        session.execute(insert(Passage), new[begin : begin + INSERTED_AT_ONCE])


def _copied(session: Session, owner: str, document_id: str, digest: bytes) -> tuple[bytes, str]:
    """The same words twice in a document: as the other of them."""
    same = select(Passage.vector, Passage.language).where(*_of(owner, document_id), Passage.digest == digest)
    vector, language = session.execute(same.limit(1)).one()
    return vector, language


def _describe(session: Session, document_id: str, text: Text) -> None:
    told = {
        "owner": text.owner,
        "title": text.title,
        "tags": json.dumps(text.tags, ensure_ascii=False),
        "version": text.version,
        "indexed_at": now(),
    }
    there = update(IndexedDocument).where(IndexedDocument.document_id == document_id)
    if not changed_one(session, there.values(told)):
        session.execute(insert(IndexedDocument).values(document_id=document_id, **told))


def _digest(recipe: str, title: str, text: str) -> bytes:
    return hashlib.sha256(f"{recipe}\0{title}\0{text}".encode(errors="surrogatepass")).digest()


def _of(owner: str, document_id: str) -> list[ColumnElement[bool]]:
    return [Passage.owner == owner, Passage.document_id == document_id]

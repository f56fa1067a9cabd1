"""The tables of the index. `owner` is in each of them, and in every statement."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ai.base import Base
from servicekit.database import Moment, digest, exact, identifier, long_text

OWNER = 64
COUNTED = BigInteger().with_variant(Integer, "sqlite")


class IndexedDocument(Base):
    """A document as it was when it was read last."""

    __tablename__ = "indexed_documents"
    __table_args__ = (Index("ix_indexed_documents_owner", "owner", "document_id"),)

    document_id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    owner: Mapped[str] = mapped_column(exact(OWNER))
    title: Mapped[str] = mapped_column(exact(200))
    tags: Mapped[str] = mapped_column(long_text())  # a JSON list
    version: Mapped[int]
    indexed_at: Mapped[datetime] = mapped_column(Moment())


class Passage(Base):
    """A piece of a document's body, and its vector. `digest` tells whether it would be the same again."""

    __tablename__ = "passages"
    __table_args__ = (
        Index("ix_passages_owner", "owner", "number"),
        Index("ix_passages_document", "document_id", "position"),
        {"sqlite_autoincrement": True},  # a number is never used again: by it processes know what they hold
    )

    number: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(exact(OWNER))
    document_id: Mapped[str] = mapped_column(identifier())
    position: Mapped[int]
    start: Mapped[int]  # in characters of the body
    text: Mapped[str] = mapped_column(long_text())
    language: Mapped[str] = mapped_column(exact(8))
    digest: Mapped[bytes] = mapped_column(digest())
    vector: Mapped[bytes] = mapped_column(LargeBinary(4 * 384))  # float32, little-endian


class IndexStamp(Base):
    """Changes with each change of a person's passages: by it a process knows whether what it holds is current."""

    __tablename__ = "index_stamps"

    owner: Mapped[str] = mapped_column(exact(OWNER), primary_key=True)
    stamp: Mapped[str] = mapped_column(identifier())


class IndexTask(Base):
    """A document that is to be read again. `lease` is whose turn it is; only they may take it away."""

    __tablename__ = "index_tasks"
    __table_args__ = (Index("ix_index_tasks_due", "owner", "due_at"),)

    document_id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    owner: Mapped[str] = mapped_column(exact(OWNER))
    due_at: Mapped[datetime] = mapped_column(Moment())
    attempts: Mapped[int]
    lease: Mapped[str | None] = mapped_column(identifier())

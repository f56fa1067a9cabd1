"""The tables of documents and of their tags."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from servicekit.database import Moment, exact, identifier, long_text
from servicekit.events import tables as events
from servicekit.jobs import tables as jobs


class Base(DeclarativeBase):
    """The service's own schema; only migrations create it."""


events.add_to(Base.metadata)
jobs.add_to(Base.metadata)


class Document(Base):
    """One saved text. `owner` is the subject of the identity that saved it."""

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_newest", "owner", "updated_at", "id"),)

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    owner: Mapped[str] = mapped_column(exact(64))
    title: Mapped[str] = mapped_column(exact(200))
    body: Mapped[str] = mapped_column(long_text())
    locale: Mapped[str | None] = mapped_column(exact(5))  # of samples; nobody asks a person for it
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment())
    updated_at: Mapped[datetime] = mapped_column(Moment())
    tag_rows: Mapped[list["DocumentTag"]] = relationship(
        lazy="raise", order_by="DocumentTag.position", passive_deletes="all"
    )

    @property
    def tags(self) -> list[str]:
        return [row.tag for row in self.tag_rows]


class DocumentTag(Base):
    """One tag as it was written, and folded for comparing, so that an index can find it."""

    __tablename__ = "document_tags"
    __table_args__ = (Index("ix_document_tags_folded", "folded", "document_id"),)

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[str] = mapped_column(exact(50))
    folded: Mapped[str] = mapped_column(exact(200))  # some letters fold to up to three

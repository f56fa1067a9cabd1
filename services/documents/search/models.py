"""The table of words that the full-text indexes of both databases are built on."""

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from documents.library.models import Base


def words() -> Text:
    """Words as documents.search.words writes them: ASCII, with spaces between."""
    return Text().with_variant(mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"), "mysql")


class DocumentWords(Base):
    """The words of one document. `number` is what SQLite's index calls it."""

    __tablename__ = "document_words"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), unique=True)
    title: Mapped[str] = mapped_column(words())
    tags: Mapped[str] = mapped_column(words())
    body: Mapped[str] = mapped_column(words())

"""The tables that a service which tells or hears events has in its own database.

A service puts them beside its own models (`add_to`) and makes them in its migrations.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, UniqueConstraint

from servicekit.database import Moment, digest, exact, identifier, long_bytes, long_text

_ours = MetaData()

OUTBOX = Table(
    "outbox",
    _ours,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("event_id", identifier(), nullable=False),
    Column("type", exact(64), nullable=False),
    Column("subject", exact(64), nullable=False),
    Column("body", long_text(), nullable=False),
    Column("headers", long_text(), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("due_at", Moment(), nullable=False),  # not before; while a relay has it: when its lease ends
    Column("sent_at", Moment()),
    Index("ix_outbox_unsent", "sent_at", "number"),
    Index("ix_outbox_of_subject", "subject", "sent_at", "number"),
    mysql_default_charset="utf8mb4",
)
"""What has happened and is to be told, in the order of `number`."""

INBOX = Table(
    "inbox",
    _ours,
    Column("queue", exact(64), primary_key=True),
    Column("event_id", identifier(), primary_key=True),
    Column("handled_at", Moment(), nullable=False),
    Index("ix_inbox_handled_at", "handled_at"),
    mysql_default_charset="utf8mb4",
)
"""What has been handled, so that it is not a second time."""


DEAD_LETTERS = Table(
    "dead_letters",
    _ours,
    Column("id", identifier(), primary_key=True),
    Column("digest", digest(), nullable=False),
    Column("queue", exact(64), nullable=False),
    Column(
        "event_id", exact(255), nullable=False
    ),  # what the message says: of a forged one it may be anything
    Column("type", exact(64), nullable=False),
    Column("reason", exact(200), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("buried_at", Moment(), nullable=False),
    Column("headers", long_text(), nullable=False),
    Column("body", long_bytes(), nullable=False),
    Column("due_at", Moment()),  # of one that was sent again: when it is tried; NULL: it waits for somebody
    UniqueConstraint("digest", name="uq_dead_letters_digest"),
    Index("ix_dead_letters_of_queue", "queue", "due_at"),
    mysql_default_charset="utf8mb4",
)
"""What was found among the dead letters when somebody looked, until they decide."""


def add_to(metadata: MetaData) -> None:
    """Make them known as tables of this service."""
    for table in (OUTBOX, INBOX, DEAD_LETTERS):
        table.to_metadata(metadata)

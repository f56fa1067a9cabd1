"""The tables of long work, which a service that has some puts beside its own models and makes in its migrations.

A job belongs to one person. Its lines are its report, its pieces the content that came with it, cut up so that a
database takes it (MySQL limits a packet); they are gone when the job ends.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from servicekit.database import Moment, exact, identifier, long_bytes, long_text

_ours = MetaData()

JOB_PEOPLE = Table(
    "job_people",
    _ours,
    Column("owner", exact(64), primary_key=True),
    Column("served_at", Moment()),  # when a runner last did something for them
    mysql_default_charset="utf8mb4",
)
"""Who has or had jobs: the row that is locked while theirs are counted, and whose turn it is."""

JOBS = Table(
    "jobs",
    _ours,
    Column("id", identifier(), primary_key=True),
    Column("owner", exact(64), nullable=False),
    Column("kind", exact(50), nullable=False),
    Column("state", exact(10), nullable=False),
    Column("params", long_text(), nullable=False),
    Column("size", Integer, nullable=False),  # bytes of its content
    Column("position", long_text()),  # where the next step begins, as the kind wrote it
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("succeeded", Integer, nullable=False),  # lines of the report with this outcome
    Column("left_out", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("reason", exact(50)),  # of its failure: a word for programs
    Column("detail", exact(500)),  # and a sentence for people
    Column("token", long_text()),  # the message token that it acts with; none before and after
    Column("trace", exact(55), nullable=False),
    Column("fence", Integer, nullable=False),  # one more each time that somebody else may decide
    Column("failures", Integer, nullable=False),  # in a row
    Column("leased_until", Moment()),
    Column("due_at", Moment()),  # not before; none: its event has not arrived
    Column("created_at", Moment(), nullable=False),
    Column("started_at", Moment()),
    Column("changed_at", Moment(), nullable=False),
    Column("told_at", Moment(), nullable=False),
    Column("ended_at", Moment()),
    Index("ix_jobs_newest", "owner", "id"),
    Index("ix_jobs_due", "state", "due_at"),
    Index("ix_jobs_ended_at", "ended_at"),
    mysql_default_charset="utf8mb4",
)
"""Long work, from its submission until some days after its end."""


def _of_job() -> Column[str]:
    return Column("job_id", identifier(), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)


JOB_LINES = Table(
    "job_lines",
    _ours,
    _of_job(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subject", exact(300), nullable=False),
    Column("outcome", exact(10), nullable=False),
    Column("code", exact(50)),
    Column("detail", exact(500)),
    Column("result", exact(64)),
    mysql_default_charset="utf8mb4",
)
"""What has become of each thing that a job was about."""

JOB_PIECES = Table(
    "job_pieces",
    _ours,
    _of_job(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", long_bytes(), nullable=False),
    mysql_default_charset="utf8mb4",
)
"""A job's content until it ends, in pieces of the same size (the last may be shorter)."""

TABLES = (JOB_PEOPLE, JOBS, JOB_LINES, JOB_PIECES)


def add_to(metadata: MetaData) -> None:
    """Make them known as tables of this service."""
    for table in TABLES:
        table.to_metadata(metadata)

"""What was used, as CSV for spreadsheets: ids and numbers. Of what was asked and answered nothing is kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ai.budgets import periods, reading
from ai.budgets.schemas import SpanQuery, UseQuery
from servicekit.database import Database
from servicekit.spreadsheets import line

COLUMNS = ("day", "person", "model", "requests", "prompt_tokens", "completion_tokens")
CHUNK = 2000


def lines(database: Database, query: SpanQuery, moment: datetime) -> Iterator[str]:
    """The newest days first, read some thousand rows at a time."""
    yield line(COLUMNS)
    since = periods.day(moment - timedelta(days=query.days - 1))
    wanted = UseQuery(person=query.person, since=since, limit=CHUNK)
    while True:
        with database.read() as tx:
            page = reading.everybodys(tx, wanted, moment)
        yield "".join(line(str(row[name]) for name in COLUMNS) for row in page["items"])
        if page["next"] is None:
            return
        wanted = wanted.model_copy(update={"cursor": page["next"]})

"""Tells of accounts that are gone, inside a container of the backend's.

    python -c <this text> <subjects> <at once> <pause>

Subjects are divided by commas; an empty one is a new id. So many are told in each transaction, with pauses between;
the ids of the events are printed as soon as they are safe.
"""

import sys
import time

from sqlalchemy.exc import SQLAlchemyError

from backend.settings import BackendSettings
from servicekit.database import Database
from servicekit.events import Event, publish_all
from servicekit.ids import new_id


def main(subjects: str, at_once: str, pause: str) -> None:
    settings = BackendSettings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    waiting = subjects.split(",")
    while waiting:
        some, waiting = waiting[: int(at_once)], waiting[int(at_once) :]
        tell(database, some)
        time.sleep(float(pause))


def tell(database: Database, subjects: list[str]) -> None:
    """Whatever happens to the database. Perhaps they are told twice then: as the same events, which is no harm."""
    events = [Event.of("user.deleted.v1", subject or new_id()) for subject in subjects]
    while True:
        try:
            with database.write() as tx:
                publish_all(tx, events)
        except SQLAlchemyError:
            time.sleep(0.5)
        else:
            print(*(event.id for event in events), flush=True)
            return


main(*sys.argv[1:])

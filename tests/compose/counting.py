"""A worker that counts, run inside a container in place of the documents service's own: python -c <this text>

Each handled event is one row, committed with its entry in the inbox. Nothing makes rows unique: who handles an
event twice is found out. It starts again when it dies; two kinds of subject are hard on it.
"""

import os
import sys
import time

from sqlalchemy import text
from sqlalchemy.orm import Session

from documents.settings import Settings
from servicekit.database import Database
from servicekit.events import Event, worker
from servicekit.events.topology import topology

ROW = text("INSERT INTO counted VALUES (:event_id, :subject, :at)")


def count(tx: Session, event: Event) -> None:
    tx.execute(ROW, {"event_id": event.id, "subject": event.subject, "at": time.time()})
    if event.subject == "crash":
        os._exit(1)
    if event.subject == "poison":
        raise ValueError(event.subject)


QUEUES: worker.Queues = {
    queue: dict.fromkeys(kinds, count) for queue, kinds in topology().listening("documents").items()
}


def main() -> None:
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    while True:
        child = os.fork()
        if child == 0:
            worker.run("documents", settings, database, QUEUES)
            sys.exit()
        os.waitpid(child, 0)


main()

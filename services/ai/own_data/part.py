"""This service's part of a person's data, for the backend."""

from collections.abc import Iterator

from ai.own_data import service
from servicekit import jobs
from servicekit.database import Database
from servicekit.people import File, Files


def files_in(database: Database) -> Files:
    def files(person: str) -> Iterator[File]:
        with database.read() as session:
            yield from service.files_of(session, person)
        yield from jobs.own.files(database, person)

    return files

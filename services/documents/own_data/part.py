"""This service's part of a person's data, for the backend."""

from collections.abc import Iterator

from documents.own_data import service
from documents.own_data.files import as_file
from servicekit import jobs
from servicekit.database import Database
from servicekit.people import File, Files


def files_in(database: Database) -> Files:
    def files(person: str) -> Iterator[File]:
        yield from documents(person)
        yield from jobs.own.files(database, person)

    def documents(person: str) -> Iterator[File]:
        after = ""
        while True:
            with database.read() as session:
                found = service.some(session, person, after)
            yield from map(as_file, found)
            if len(found) < service.BATCH:
                return
            after = found[-1].id

    return files

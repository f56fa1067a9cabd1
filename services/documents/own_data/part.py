"""This service's part of a person's data, for the backend."""

from collections.abc import Iterator

from documents.own_data import service
from documents.own_data.files import as_file
from servicekit.database import Database
from servicekit.people import File, Part


def part_of(database: Database) -> Part:
    def files(person: str) -> Iterator[File]:
        after = ""
        while True:
            with database.read() as session:
                found = service.some(session, person, after)
            yield from map(as_file, found)
            if len(found) < service.BATCH:
                return
            after = found[-1].id

    def erase(person: str) -> bool:
        with database.write() as session:
            return service.erase_some(session, person)

    return Part(files, erase)

"""This service's part of a person's data, for the backend."""

from collections.abc import Iterator

from ai.own_data import service
from servicekit.database import Database
from servicekit.people import File, Part


def part_of(database: Database) -> Part:
    def files(person: str) -> Iterator[File]:
        with database.read() as session:
            yield from service.files_of(session, person)

    def erase(person: str) -> bool:
        with database.write() as session:
            return service.erase_some(session, person)

    return Part(files, erase)

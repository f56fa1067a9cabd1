"""Everything of one person: each feature that keeps something gives it and erases it."""

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from ai.budgets import own_data as budgets
from ai.index import service as index
from ai.tags import service as tags
from servicekit import jobs
from servicekit.people import File

FILES: tuple[Callable[[Session, str], Iterator[File]], ...] = (budgets.files, tags.files)
"""What a feature keeps of a person, read in the given transaction."""
ERASERS: tuple[Callable[[Session, str], bool], ...] = (
    jobs.own.erase_some,
    budgets.erase,
    index.erase_some,
    tags.erase_some,
)
"""Erase a little of what a feature keeps; whether nothing is left of it. Jobs first: they would make more."""


def files_of(session: Session, person: str) -> Iterator[File]:
    for files in FILES:
        yield from files(session, person)


def erase_some(session: Session, person: str) -> bool:
    """Whether the person has nothing left here."""
    return all(erase(session, person) for erase in ERASERS)

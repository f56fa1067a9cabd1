"""Of whose account was deleted while nobody here listened, nothing stays."""

import threading
from collections.abc import Callable

from sqlalchemy import insert

from ai.budgets.models import Budget
from ai.own_data.gone import Gone, people
from ai.tests.library import Library
from ai.tests.people import ANA, BEA, Person
from servicekit.database import Database
from servicekit.problems import Unavailable


class Hasty(threading.Event):
    """Nobody stops, and nobody waits."""

    def wait(self, timeout: float | None = None) -> bool:
        return False


def looked(database: Database, known: Callable[[str], bool], steps: int = 3) -> None:
    gone = Gone(database, known, Hasty())
    for _ in range(steps):
        gone.step()


def kept(database: Database) -> list[str]:
    with database.read() as session:
        return people(session, "")


def test_who_is_gone_is_erased_and_nobody_else(
    database: Database, library: Library, ana: Person, bea: Person, visitor: Person
) -> None:
    for person in (ana, bea):
        library.save(person.subject or "", "Bread", "Knead the dough and bake it.")
        assert person.post("/tags", json={"title": "Rye", "body": "Rye bread."}).status_code == 200
        assert person.chat("steady").status_code == 200
    library.save("visitor:samples", "Sample", "A sample.")
    library.settle()
    assert visitor.post("/trial/language", json={"text": "Hola"}).status_code == 200
    with database.write() as session:
        session.execute(insert(Budget).values(scope="person", name=ANA, day=5, month=5))
    before = kept(database)
    assert {ANA, BEA} < set(before)
    asked = list[str]()

    def known(person: str) -> bool:
        asked.append(person)
        return person != ANA

    looked(database, known)
    assert sorted(asked) == [ANA, BEA]
    assert kept(database) == [each for each in before if each != ANA]


def test_while_the_backend_does_not_answer_nobody_is_erased(database: Database, ana: Person) -> None:
    assert ana.chat("steady").status_code == 200
    answers = iter([False])

    def known(_person: str) -> bool:
        for answer in answers:
            return answer
        raise Unavailable

    def away(_person: str) -> bool:
        raise Unavailable

    looked(database, away)
    assert kept(database) != []
    looked(database, known)
    assert ANA not in kept(database)

"""One way to use a database, on SQLite and on MariaDB, also by many at once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from servicekit.database import Database, Moment, Turn, digest, exact, identifier, long_text
from servicekit.ids import is_id, new_id, now
from tests.support.waiting import LONG


class Base(DeclarativeBase):
    pass


class Note(Base):
    """A row with every kind of column."""

    __tablename__ = "notes"

    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    key: Mapped[str] = mapped_column(exact(50), unique=True)
    text: Mapped[str] = mapped_column(long_text())
    hash: Mapped[bytes] = mapped_column(digest())
    at: Mapped[datetime] = mapped_column(Moment())
    count: Mapped[int] = mapped_column(default=0)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    Base.metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


def note(key: str, at: datetime | None = None, text: str = "") -> Note:
    return Note(id=new_id(), key=key, text=text, hash=bytes(range(32)), at=at or now())


def test_what_is_written_is_read_as_it_was(database: Database) -> None:
    moment = datetime(2026, 2, 3, 4, 5, 6, 789012, tzinfo=timezone(timedelta(hours=2)))
    text = "ñ🍅" * 20_000
    with database.write() as session:
        session.add(note("k", moment, text))
    with database.read() as session:
        read = session.scalars(select(Note)).one()
    assert (read.at, read.at.tzinfo, read.text, read.hash) == (moment, UTC, text, bytes(range(32)))


def test_keys_are_compared_byte_by_byte(database: Database) -> None:
    with database.write() as session:
        session.add_all([note(key) for key in ("jose", "José", "JOSE", "josé", "jo\u0301se")])
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Note.key == "jose")) == 1
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(note("jose"))


def test_a_block_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            session.add(note("k"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == 0


def test_many_writers_at_once_all_get_through(database: Database) -> None:
    with database.write() as session:
        session.add(note("counter"))

    def add(_: int) -> None:
        with database.write() as session:
            count = session.scalars(select(Note).where(Note.key == "counter")).one().count
            assert count >= 0
            session.execute(update(Note).values(count=Note.count + 1))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(200)))
    with database.read() as session:
        assert session.scalars(select(Note.count)).one() == 200


def test_a_writer_that_takes_too_long_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("servicekit.database.TIMEOUT", 0.1)
    turn = Turn()
    with turn, pytest.raises(PoolTimeout), turn:
        pass


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as session:
        session.add(note("seen"))
    written, done = threading.Event(), threading.Event()

    def write() -> None:
        with database.write() as session:
            session.add(note("unseen"))
            session.flush()
            written.set()
            assert done.wait(LONG)

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(LONG)
    with database.read() as session:
        assert session.scalars(select(Note.key)).all() == ["seen"]
    done.set()
    writer.join()


def test_it_answers(database: Database) -> None:
    database.check()


def test_ids_are_unique_and_ascending() -> None:
    ids = [new_id() for _ in range(1000)]
    assert sorted(set(ids)) == ids
    assert all(map(is_id, ids))
    assert not any(is_id(text) for text in ("", ids[0].upper(), ids[0] + "\n", f" {ids[0]}", ids[0][:-1]))


def test_a_password_apart_completes_the_address_and_is_not_shown() -> None:
    engine = Database("mysql+pymysql://notes@db/notes", "s3cret@:/").engine
    assert engine.url.password == "s3cret@:/"
    assert "s3cret" not in str(engine.url)

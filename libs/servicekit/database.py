"""SQLAlchemy for every service: the same models on SQLite, MySQL and MariaDB."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    URL,
    DateTime,
    Delete,
    Dialect,
    Engine,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    Update,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import CursorResult, make_url
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

TIMEOUT = 4  # seconds: a database that hangs is told within five
POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": 16, "pool_timeout": TIMEOUT / 2}


def identifier() -> String:
    """A column of UUIDs as text."""
    return exact(36)


def exact(length: int) -> String:
    """Text compared byte by byte: subjects, e-mail addresses used as keys, names of things."""
    return String(length).with_variant(
        mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql"
    )


def long_text() -> Text:
    """Text up to 16 MB (MySQL's TEXT ends at 64 KB)."""
    return Text().with_variant(mysql.MEDIUMTEXT(charset="utf8mb4", collation="utf8mb4_unicode_ci"), "mysql")


def long_bytes() -> LargeBinary:
    """As many as a message may have."""
    return LargeBinary().with_variant(mysql.LONGBLOB(), "mysql")


def digest() -> LargeBinary:
    """A SHA-256 hash."""
    return LargeBinary(32).with_variant(mysql.BINARY(32), "mysql")


class Moment(TypeDecorator[datetime]):
    """An aware UTC time in microseconds, stored without a zone."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(mysql.DATETIME(fsp=6) if dialect.name == "mysql" else DateTime())

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Turn:
    """Threads write to SQLite one after the other: left to its own polling, the unlucky starve."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=TIMEOUT):
            raise PoolTimeout("the writers before this one take too long")

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Database:
    """A service's own database. Only the edge (a route, a consumer, a command) opens a transaction."""

    def __init__(self, url: str, password: str | None = None) -> None:
        self.engine = _engine(make_url(url).set(password=password) if password else make_url(url))
        self._turn = Turn() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that commits when the block ends well."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads: it never waits for SQLite's one writer."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"read_only": True})
            yield session

    def check(self) -> None:
        """Raises when the database does not answer."""
        with self.read() as session:
            session.execute(text("SELECT 1"))


def changed_one(tx: Session, statement: Update | Delete, parameters: Mapping[str, Any] | None = None) -> bool:
    """Whether this changed a row: of many who try the same at once, one is told so."""
    done = tx.execute(statement, parameters, execution_options={"synchronize_session": False})
    return isinstance(done, CursorResult) and done.rowcount == 1


def _engine(url: URL) -> Engine:
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _mysql(url)


def _mysql(url: URL) -> Engine:
    modes = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO"
    return create_engine(
        url.update_query_dict({"charset": "utf8mb4"}),
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        **POOL,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": TIMEOUT // 2,
            "read_timeout": TIMEOUT,
            "write_timeout": TIMEOUT,
            "init_command": f"SET SESSION sql_mode = '{modes}', time_zone = '+00:00'",
        },
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": TIMEOUT}, **POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers and one writer work at once; we say BEGIN ourselves, the driver must not."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {TIMEOUT * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Any) -> None:
    """A writer takes its lock at once: upgrading a read lock later would fail instead of waiting."""
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

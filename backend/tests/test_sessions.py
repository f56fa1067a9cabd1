"""Sessions as they are stored."""

import re

from sqlalchemy import select

from backend.context import Backend
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.tests.conftest import enter


def test_the_cookie_has_256_bits_and_only_its_hash_is_stored(parts: Backend) -> None:
    with parts.database.write() as tx:
        person = enter(tx, parts, role="member")
    with parts.database.read() as tx:
        row = tx.scalars(select(BrowserSession).where(BrowserSession.user_id == person.id)).one()
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", person.cookie)
    stored = [value for value in vars(row).values() if isinstance(value, (str, bytes))]
    assert all(person.cookie not in str(value) for value in stored)
    assert len(row.token_hash) == 32


def test_every_sign_in_has_its_own(parts: Backend) -> None:
    with parts.database.write() as tx:
        person = enter(tx, parts, role="member")
        second = sessions.begin(tx, person.id, None, parts.lifetimes)
    with parts.database.write() as tx:
        assert sessions.end(tx, second) == person.id
        assert sessions.end(tx, second) is None
    with parts.database.read() as tx:
        assert sessions.find(tx, second, parts.lifetimes) is None
        assert sessions.find(tx, person.cookie, parts.lifetimes) is not None

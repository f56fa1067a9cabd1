"""The tables that the migrations make are those that the code describes; the audit only grows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Executable, delete, update
from sqlalchemy.exc import DBAPIError

from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.base import Base
from backend.context import Backend
from backend.migrate import bring_up_to_date
from backend.people import service as people
from backend.people.models import ACTIVE, User
from backend.people.service import Profile
from backend.tests.conftest import HERE, NOBODY
from servicekit.ids import new_id


def test_models_and_migrations_agree(parts: Backend) -> None:
    with parts.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_again_changes_nothing(fresh: Backend) -> None:
    before = fresh.keys.signing().kid
    bring_up_to_date(fresh)
    assert fresh.keys.signing().kid == before


@pytest.mark.parametrize("statement", [update(AuditEntry).values(action="x"), delete(AuditEntry)])
def test_the_database_refuses_to_rewrite_the_audit(parts: Backend, statement: Executable) -> None:
    with parts.database.write() as tx:
        audit.record(tx, audit.SIGNED_OUT, HERE)
    with pytest.raises(DBAPIError, match="append-only"):
        _execute(parts, statement)


def _execute(parts: Backend, statement: Executable) -> None:
    with parts.database.write() as tx:
        tx.execute(statement)


@pytest.mark.parametrize("role", ["member", "admin"])
def test_the_built_in_roles_hold_what_the_policy_says(parts: Backend, role: str) -> None:
    with parts.database.write() as tx:
        user: User = people.recognise(tx, Profile("https://issuer.example", new_id()), NOBODY, HERE)
        people.give_role(tx, user, role, HERE)
        people.set_status(tx, user, ACTIVE, HERE)
        tx.flush()
        assert people.permissions_of(tx, user) == sorted(parts.policy.roles[role])

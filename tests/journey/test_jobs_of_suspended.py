"""A hundred jobs of one person wait, and the person is suspended: none of them does anything in their name."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import func, select

from documents.library.models import Document
from servicekit.database import Database
from servicekit.jobs.tables import JOBS
from tests.journey.test_jobs import archive, begin, job_of, titles
from tests.support import people
from tests.support.platform import Platform, running_platform
from tests.support.waiting import until

HUNDRED = 100


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    with running_platform() as platform:
        yield platform


@pytest.fixture
def database(own: Platform) -> Iterator[Database]:
    found = Database(own.stack.database_url("documents"))
    yield found
    found.engine.dispose()


@pytest.mark.timeout(900)
def test_of_a_hundred_jobs_that_wait_none_acts_for_who_was_suspended_meanwhile(
    own: Platform, database: Database
) -> None:
    with closing(people.sign_in(own.url, "ada")) as ada, closing(people.sign_in(own.url, "mar")) as mar:
        account = f"/api/admin/users/{mar.get('/api/account').json()['id']}"
        own.stop("documents_worker")
        waiting = [begin(mar, archive(f"Waiting {number}", 1)) for number in range(HUNDRED)]
        assert states(database) == {"queued": HUNDRED}
        assert ada.patch(account, json={"status": "suspended"}).status_code == 200
        until(lambda: mar.get("/api/documents").status_code == 401)
        own.start("documents_worker")
        until(lambda: states(database) == {"failed": HUNDRED})
        assert documents(database) == 0
        assert ada.patch(account, json={"status": "active"}).status_code == 200
    with closing(people.sign_in(own.url, "mar")) as mar:
        assert {job_of(mar, job)["state"] for job in waiting} == {"failed"}
        assert titles(mar, "Waiting").total() == 0
        job = begin(mar, archive("Again", 1))
        until(lambda: job_of(mar, job)["state"] == "done")


def states(database: Database) -> dict[str, int]:
    with database.read() as tx:
        return dict(tx.execute(select(JOBS.c.state, func.count()).group_by(JOBS.c.state)).all())


def documents(database: Database) -> int:
    with database.read() as tx:
        return tx.scalar(select(func.count()).where(Document.title.startswith("Waiting"))) or 0

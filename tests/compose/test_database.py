"""MySQL: a database and a user for each service, over TLS only; migrations that may race."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.compose.engine import Project

ASK = """
import sys
from pathlib import Path
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from servicekit.database import Database
word = Path("/run/secrets/database-password").read_text()
try:
    with Database(sys.argv[1], word).write() as session:
        print("done", session.execute(text(sys.argv[2])).scalars().all())
except DBAPIError as error:
    print("refused", *error.orig.args)
"""


OURS, OTHERS, NO_TLS = (
    "ssl_ca=/run/secrets/database-ca.pem",
    "ssl_ca=/etc/ssl/certs/ca-certificates.crt",
    "ssl_disabled=true",
)


def ask(project: Project, statement: str, host: str = "db", trusted: str = OURS) -> str:
    """What the documents service gets for an answer when it asks as it always does, with its own password."""
    url = f"mysql+pymysql://documents@{host}/documents?{trusted}"
    return project.compose("exec", "-T", "documents", "python", "-c", ASK, url, statement)


def test_a_service_sees_its_own_database_only(project: Project) -> None:
    seen = ask(project, "SHOW DATABASES")
    assert "'documents'" in seen
    assert "'backend'" not in seen
    assert "'mysql'" not in seen


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM backend.users",
        "CREATE DATABASE mine",
        "GRANT SELECT ON documents.* TO backend",
        "SET GLOBAL max_connections = 1",
        "SELECT user FROM mysql.user",
    ],
)
def test_a_service_may_do_nothing_elsewhere(project: Project, statement: str) -> None:
    assert ask(project, statement).startswith("refused")


def test_only_over_tls_and_only_to_the_server_that_the_authority_knows(project: Project) -> None:
    assert ask(project, "SELECT 1").startswith("done")
    assert ask(project, "SELECT 1", trusted=NO_TLS).startswith("refused")
    assert "CERTIFICATE_VERIFY_FAILED" in ask(project, "SELECT 1", trusted=OTHERS)
    (container,) = project.containers("db")
    address = project.inspect(container)["NetworkSettings"]["Networks"][f"{project.name}_data"]["IPAddress"]
    assert "CERTIFICATE_VERIFY_FAILED" in ask(project, "SELECT 1", host=address)


def test_text_is_utf8_and_modes_are_strict(project: Project) -> None:
    told = project.sql(
        "SELECT @@GLOBAL.sql_mode; SELECT default_character_set_name FROM information_schema.schemata"
    )
    assert "STRICT_ALL_TABLES" in told
    assert "latin1" not in told


def test_the_audit_cannot_be_altered(project: Project) -> None:
    told = project.sql(
        "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'backend'"
    )
    assert set(told.split()) == {"audit_no_update", "audit_only_old"}


def test_migrations_may_race(project: Project) -> None:
    jobs = ["backend_migrate", "documents_migrate"] * 2
    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(lambda job: project.compose("run", "--rm", "--no-deps", job), jobs))
    assert project.sql("SELECT COUNT(*) FROM backend.signing_keys").strip() == "1"

"""The database itself refuses to change or delete entries of the audit.

MySQL with a binary log lets an ordinary user make triggers only where `log_bin_trust_function_creators`
is on. Where it is not, the rule rests on the code alone, which has no such statement, and the migration
says so.
"""

import structlog
from alembic import op
from sqlalchemy.exc import OperationalError

revision = "0005"
down_revision = "0004"

log = structlog.get_logger()
MESSAGE = "the audit is append-only"


def upgrade() -> None:
    for what in ("UPDATE", "DELETE"):
        if op.get_bind().dialect.name == "mysql":
            _on_mysql(what)
        else:
            body = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            op.execute(f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit {body}")


def _on_mysql(what: str) -> None:
    body = f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{MESSAGE}'"
    try:
        op.execute(f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit FOR EACH ROW {body}")
    except OperationalError as error:
        if not error.orig or error.orig.args[0] not in {1142, 1227, 1419}:
            raise
        log.warning("audit triggers not made", reason="missing privilege or log_bin_trust_function_creators")

"""The database lets entries of the audit go that are older than the recorded retention, and never younger than 30 days.

Beside the trigger that refuses every removal, which the next revision takes away: at no moment is there none.
"""

import structlog
from alembic import op
from sqlalchemy.exc import OperationalError

revision = "0017"
down_revision = "0016"

log = structlog.get_logger()
MESSAGE = "the audit is append-only"
DAYS = "SELECT days FROM audit_retention WHERE days >= 30"
ON_SQLITE = f"""
    CREATE TRIGGER audit_only_old BEFORE DELETE ON audit
    WHEN NOT EXISTS ({DAYS} AND OLD.at < strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || days || ' days'))
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
ON_MYSQL = f"""
    CREATE TRIGGER audit_only_old BEFORE DELETE ON audit FOR EACH ROW
    IF NOT EXISTS ({DAYS} AND OLD.at < UTC_TIMESTAMP(6) - INTERVAL days DAY) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{MESSAGE}';
    END IF
"""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "mysql":
        connection.exec_driver_sql(ON_SQLITE)
        return
    try:
        connection.exec_driver_sql(ON_MYSQL)
    except OperationalError as error:
        if not error.orig or error.orig.args[0] not in {1142, 1227, 1419}:
            raise
        log.warning("audit triggers not made", reason="missing privilege or log_bin_trust_function_creators")

"""A person leaves: their consent ends at the provider, too, and nothing of it stays here."""

import structlog
from sqlalchemy import update

from backend.audit.service import Origin
from backend.context import Backend
from backend.google import service as connections
from backend.google.models import GoogleConnection
from backend.sign_in.refusals import Unreachable
from backend.vault import Unsealable

log = structlog.get_logger()

PLATFORM = Origin("platform")
MOST_TRIES = 5


def erase(parts: Backend, user_id: str) -> bool:
    """Revoke, then delete. A provider that does not answer is asked again later, and after five times no more: what
    is kept here must go. Unreachable means later.
    """
    with parts.database.read() as tx:
        found = connections.of(tx, user_id)
    if found is None:
        return True
    if not _revoked(parts, found):
        if _tries(parts, found) < MOST_TRIES:
            raise Unreachable("not revoked")
        log.warning("the provider has not revoked what a person had connected", person=user_id)
    with parts.database.write() as tx:
        connections.forget(tx, parts.vault, user_id, PLATFORM)
    return True


def _revoked(parts: Backend, found: GoogleConnection) -> bool:
    try:
        token = parts.vault.open(connections.refresh_context(found.user_id), found.sealed_refresh_token)
    except Unsealable:
        return False
    return parts.grants.revoke(token)


def _tries(parts: Backend, found: GoogleConnection) -> int:
    """How often it was asked in vain to revoke, this time included. What failed before the person left does not count:
    from the first try on the connection is marked as one that no service gets anything from.
    """
    tries = found.failures + 1 if found.needs_reconnecting else 1
    same = update(GoogleConnection).where(GoogleConnection.id == found.id)
    with parts.database.write() as tx:
        tx.execute(same.values(failures=tries, needs_reconnecting=True))
    return tries

"""Works on deletions, one after the other. Each process of the backend has one; the lease keeps them apart."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session as Transaction

from backend.context import Backend
from backend.deletion import erasers
from backend.deletion import service as deletion
from backend.deletion.erasers import OWN, Eraser
from backend.deletion.service import Claim
from servicekit.events import Event
from servicekit.ids import now

log = structlog.get_logger()

MOST_ROUNDS = 1000  # of asking one part that has always more to erase


def hear(tx: Transaction, event: Event) -> None:
    """A service reports that nothing is left of a person there."""
    service, told_at = event.type.partition(".")[0], datetime.fromisoformat(event.data["told_at"])
    deletion.reported(tx, service, event.subject, told_at)


def work(parts: Backend) -> bool:
    """Work on one that is due; False if there is none."""
    with parts.database.read() as tx:
        user_id = deletion.due(tx)
    if user_id is None:
        return False
    with parts.database.write() as tx:
        held = deletion.claim(tx, user_id, erasers.names(parts))
    if held is not None:
        _erase(parts, held)
    return True


def _erase(parts: Backend, held: Claim) -> None:
    services = erasers.services(parts)
    for name in sorted(held.missing - services):
        if not _erase_part(parts, held, name, OWN.get(name)):
            return
    with parts.database.write() as tx:
        finished = deletion.finish(tx, held)
        late = frozenset[str]() if finished else deletion.put_down(tx, held, services)
    if finished:
        log.info("account deleted", person=held.user_id)
    for name in sorted(late):
        log.warning("erasing delayed", part=name, error="not reported")


def _erase_part(parts: Backend, held: Claim, name: str, eraser: Eraser | None) -> bool:
    """False when somebody else has taken over meanwhile."""
    for _ in range(MOST_ROUNDS):
        began = now()
        done, problem = _tried(parts, held, name, eraser)
        with parts.database.write() as tx:
            ours = (
                deletion.keep(tx, held)
                if not done and not problem
                else deletion.note(tx, held, name, began, problem)
            )
        if not ours or done or problem:
            return ours
    return False


def _tried(parts: Backend, held: Claim, name: str, eraser: Eraser | None) -> tuple[bool, str | None]:
    """Whether nothing is left, and what went wrong. One part that fails does not hold up the others."""
    if eraser is None:
        log.warning("erasing delayed", part=name, error="not in DATA_SERVICES")
        return False, "unknown"
    try:
        return eraser(parts, held.user_id), None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
        log.warning("erasing delayed", part=name, error=type(error).__name__)
        return False, type(error).__name__

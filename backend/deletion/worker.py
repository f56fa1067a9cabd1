"""Works on deletions, one after the other. Each process of the backend has one; the lease keeps them apart."""

import structlog

from backend.context import Backend
from backend.deletion import service as deletion
from backend.deletion.erasers import Eraser, erasers
from backend.deletion.service import Claim

log = structlog.get_logger()

MOST_ROUNDS = 1000  # of asking one part that has always more to erase


def work(parts: Backend) -> bool:
    """Work on one that is due; False if there is none."""
    with parts.database.read() as tx:
        user_id = deletion.due(tx)
    if user_id is None:
        return False
    with parts.database.write() as tx:
        held = deletion.claim(tx, user_id)
    if held is not None:
        _erase(parts, held)
    return True


def _erase(parts: Backend, held: Claim) -> None:
    known = erasers(parts)
    for name in sorted(held.parts.keys() | known.keys()):
        if not held.is_final(name) and not _erase_part(parts, held, name, known.get(name)):
            return
    final = all(map(held.is_final, held.parts))
    with parts.database.write() as tx:
        if not final:
            deletion.rest(tx, held)
        elif deletion.finish(tx, held):
            log.info("account deleted", person=held.user_id)


def _erase_part(parts: Backend, held: Claim, name: str, eraser: Eraser | None) -> bool:
    """False when somebody else has taken over meanwhile."""
    for _ in range(MOST_ROUNDS):
        done, problem = _tried(parts, held, name, eraser)
        with parts.database.write() as tx:
            ours = (
                deletion.keep(tx, held)
                if not done and not problem
                else deletion.note(tx, held, name, problem)
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

"""How far a deletion is. All parts are erased in a first round, and once more in a second.

The second begins when the first is over everywhere and what was at work then has ended: what a request that was let in
before still wrote is erased then, and what one service still took over from another that had not erased yet.
"""

from datetime import datetime, timedelta
from typing import Any

from backend.deletion.models import Deletion, Part
from backend.door.service import LIFE
from servicekit.identity import LEEWAY
from servicekit.ids import now

SETTLED = timedelta(seconds=LIFE + LEEWAY + 30)
"""After this nothing of the person's is at work any more: a token's life, and the longest answer."""
ACCOUNT = "account"
NORMAL_TRIES = 2
"""A part that has not answered by then is late."""


def round_from(deletion: Deletion) -> datetime:
    """The moment from which on the present round goes; in the second it may still have to come."""
    erased = [part.erased_at for part in deletion.parts.values() if part.erased_at]
    if len(erased) < len(deletion.parts):
        return deletion.begun_at
    return max([deletion.begun_at, *erased]) + SETTLED


def missing(deletion: Deletion) -> frozenset[str]:
    """The parts that have still to be erased in the present round."""
    began = round_from(deletion)
    return frozenset(
        name for name, part in deletion.parts.items() if part.told_at is None or part.told_at < began
    )


def erased(part: Part, told_at: datetime) -> Part:
    """The same when it has answered to what was told then."""
    return Part(part.erased_at or now(), max(part.told_at or told_at, told_at))


def late(deletion: Deletion) -> frozenset[str]:
    """Those of them that should have been erased by now."""
    return missing(deletion) if deletion.tries > NORMAL_TRIES else frozenset()


def shown(deletion: Deletion) -> dict[str, Any]:
    """For its person, and for administrators."""
    delayed = late(deletion)
    named = sorted(deletion.parts.items(), key=lambda item: item[0])
    parts = [{"name": name, "state": _state(part, late=name in delayed)} for name, part in named]
    done_after = max(round_from(deletion), deletion.begun_at + SETTLED)
    return {
        "begun_at": deletion.begun_at,
        "done_after": done_after,
        "parts": [*parts, {"name": ACCOUNT, "state": "waiting"}],
    }


def _state(part: Part, *, late: bool) -> str:
    if part.problem or late:
        return "delayed"
    return "erased" if part.erased_at else "waiting"

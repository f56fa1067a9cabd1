"""Replace the master key while everything runs. Killed at any point, it goes on from there when it is called again.

1. The new key is added as the second: every process can open what it seals.
2. It becomes the first: from now on it seals.
3. What is kept is sealed anew.
4. When what lives for minutes only has run out, once more, and the old keys go.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from cryptography.fernet import Fernet

from backend.audit import service as audit
from backend.context import Backend
from backend.sealed.registry import SEALED, SHORT_LIVED
from backend.sealed.ring import Ring, Rotation, named
from servicekit.ids import now

SEEN = 5.0  # seconds: processes look before each use, but a file system between machines may take a moment
OVERLAP = SHORT_LIVED + timedelta(minutes=1)
BATCH = 100
SLICE = 10.0  # seconds between two words about waiting

Tell = Callable[[str], None]


def rotate(
    parts: Backend, ring: Ring, origin: audit.Origin, tell: Tell, overlap: timedelta = OVERLAP
) -> None:
    """All four steps, or those that are left."""
    with ring.alone():
        rotation = ring.rotation or _add(ring, tell)
        rotation = _put_first(parts, ring, rotation, origin, tell)
        reseal(parts, tell)
        _wait(rotation.first_since or now(), overlap, tell)
        reseal(parts, tell)
        _drop(parts, ring, rotation, origin, tell)


def reseal(parts: Backend, tell: Tell) -> None:
    """Seal with the first key all that is kept, a few rows a transaction, while others work."""
    for name, some in SEALED.items():
        after: str | None = None
        batches = 0
        while True:
            with parts.database.write() as tx:
                after = some(tx, parts.vault, after, BATCH)
            if after is None:
                break
            batches += 1
            if batches % 10 == 0:
                tell(f"{name}: {batches * BATCH} …")
        tell(f"{name}: sealed with the newest key")


def _add(ring: Ring, tell: Tell) -> Rotation:
    new = Fernet.generate_key().decode()
    rotation = Rotation(named(new))
    first, *others = ring.read()
    ring.note(rotation)  # first: so that it is known which of them is the new one
    ring.write([first, new, *others])
    tell("1/4  A new key was added; it opens, but does not seal yet")
    return rotation


def _put_first(parts: Backend, ring: Ring, rotation: Rotation, origin: audit.Origin, tell: Tell) -> Rotation:
    if rotation.first_since:
        return rotation
    time.sleep(SEEN)
    keys = sorted(ring.read(), key=lambda key: named(key) != rotation.new)
    ring.write(keys)
    rotation = replace(rotation, first_since=now())
    ring.note(rotation)
    _record(parts, origin, rotation, "sealing")
    tell("2/4  It seals from now on")
    return rotation


def _wait(since: datetime, overlap: timedelta, tell: Tell) -> None:
    tell("3/4  What is short-lived runs out under the old key. It may be interrupted, and called again")
    while (left := (since + overlap - now()).total_seconds()) > 0:
        tell(f"     {left:.0f} s left")
        time.sleep(min(left, SLICE))


def _drop(parts: Backend, ring: Ring, rotation: Rotation, origin: audit.Origin, tell: Tell) -> None:
    ring.write([key for key in ring.read() if named(key) == rotation.new])
    _record(parts, origin, rotation, "alone")
    ring.forget()
    tell("4/4  The old keys are gone. Make a backup: older ones need the older key")


def _record(parts: Backend, origin: audit.Origin, rotation: Rotation, state: str) -> None:
    with parts.database.write() as tx:
        audit.record(tx, audit.SECRETS_ROTATED, origin, key=rotation.new[:12], state=state)

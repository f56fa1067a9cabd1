"""What counts once: the `state` of a sign-in, the `jti` of a service's assertion. Only the hash is kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from backend.base import Base
from backend.vault import fingerprint
from servicekit.database import Database, Moment, digest
from servicekit.ids import now


class UsedState(Base):
    """The hash of what has been used; kept for as long as it could come again."""

    __tablename__ = "used_states"

    state_hash: Mapped[bytes] = mapped_column(digest(), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment(), index=True)


def first_use(database: Database, what: str, life: float) -> bool:
    """Mark `what` as used, to be remembered for `life` seconds; False when it was before."""
    try:
        with database.write() as tx:
            tx.execute(delete(UsedState).where(UsedState.expires_at <= now()))
            tx.add(UsedState(state_hash=fingerprint(what), expires_at=now() + timedelta(seconds=life)))
    except IntegrityError:
        return False
    return True

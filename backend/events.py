"""What the backend tells the other services, each in the transaction of the change itself."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy.orm import Session as Transaction

from servicekit.events import Event, publish, publish_all

Part = Literal["sessions", "programs", "tokens", "google"]


def user_created(tx: Transaction, user_id: str, status: str) -> None:
    """Somebody has signed in for the first time."""
    publish(tx, Event.of("user.created.v1", user_id, status=status))


def user_suspended(tx: Transaction, user_id: str) -> None:
    publish(tx, Event.of("user.suspended.v1", user_id))


def user_deleted(tx: Transaction, user_id: str) -> None:
    """They have deleted their account: what services keep of them has to go, and each reports when it is gone."""
    publish(tx, Event.of("user.deleted.v1", user_id))


def sessions_revoked(tx: Transaction, user_id: str, session_ids: Iterable[str]) -> None:
    """These have ended before their time."""
    publish_all(tx, (Event.of("session.revoked.v1", user_id, session=each) for each in session_ids))


def account_changed(tx: Transaction, user_id: str, part: Part) -> None:
    """Something on one of a person's own pages is another now."""
    publish(tx, Event.of("account.changed.v1", user_id, part=part))

"""What an identity token came of: is it still good, a moment later, when a service acts for its person?"""

from datetime import datetime

from sqlalchemy.orm import Session as Transaction

from backend.people.holders import Holder
from backend.programs import service as programs
from backend.sessions import service as sessions
from backend.sessions.service import Lifetimes
from backend.tokens import service as tokens


def living(tx: Transaction, credential_id: str, lifetimes: Lifetimes) -> Holder | None:
    """Who holds the session, access token or program of this id; None once it has ended or its person is suspended."""
    return (
        sessions.living(tx, credential_id, lifetimes)
        or tokens.living(tx, credential_id)
        or programs.living(tx, credential_id)
    )


def ends_at(tx: Transaction, credential_id: str, lifetimes: Lifetimes) -> datetime | None:
    """When it is over by itself; None if never. A session that is used meanwhile lives longer."""
    return (
        sessions.ends_at(tx, credential_id, lifetimes)
        or tokens.ends_at(tx, credential_id)
        or programs.ends_at(tx, credential_id)
    )

"""What only a person at the browser may do, and what only who has just signed in may do."""

from datetime import timedelta
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from backend.sessions.models import BrowserSession
from servicekit.identity import current_identity
from servicekit.ids import now
from servicekit.problems import Forbidden, Problem

FRESH = timedelta(minutes=10)
WHERE = "/auth/login?again=yes"


class SignInAgain(Problem):
    slug, title, status = "sign-in-again", "Sign in again first", 403
    default_detail = "This is asked of who has signed in within ten minutes. Sign in again and repeat it."
    members: ClassVar[dict[str, str]] = {"sign_in": WHERE}


def in_the_browser(tx: Transaction) -> BrowserSession:
    """The browser's session that this request came with; 403 to programs."""
    mine = BrowserSession.id == current_identity().session
    session = tx.scalar(select(BrowserSession).where(mine))
    if session is None:
        raise Forbidden("This is done in the browser, after signing in there; an access token is not enough.")
    return session


def freshly_signed_in(tx: Transaction) -> BrowserSession:
    """The same, of somebody who was at the identity provider just now; else 403 with the way there."""
    session = in_the_browser(tx)
    if session.authenticated_at is None or now() - session.authenticated_at > FRESH:
        raise SignInAgain
    return session

"""What only a person at the browser may do, and what only who has just signed in may do."""

from datetime import timedelta
from typing import ClassVar

from sqlalchemy.orm import Session as Transaction

from backend.people.models import DELETING, User
from backend.programs.models import Program
from backend.sessions.models import BrowserSession
from backend.tokens.models import AccessToken
from servicekit.identity import current_identity
from servicekit.ids import now
from servicekit.problems import Forbidden, Problem, Unauthenticated

FRESH = timedelta(minutes=10)
WHERE = "/auth/login?again=yes"


class SignInAgain(Problem):
    slug, title, status = "sign-in-again", "Sign in again first", 403
    default_detail = "This is asked of who has signed in within ten minutes. Sign in again and repeat it."
    members: ClassVar[dict[str, str]] = {"sign_in": WHERE}


class AccountDeleting(Problem):
    slug, title, status = "account-deleting", "This account is being deleted", 403
    default_detail = (
        "You asked for it to be deleted. Only how far that is can be seen, on your account's page."
    )


def in_the_browser(tx: Transaction, *, leaving: bool = False) -> BrowserSession:
    """The browser's session that this request came with; 403 to programs, 401 when it has just ended.

    Whose account is being deleted gets 403, too, unless they may be `leaving`.
    """
    credential = current_identity().session or ""
    session = tx.get(BrowserSession, credential)
    if session is not None:
        if tx.get_one(User, session.user_id).status == DELETING and not leaving:
            raise AccountDeleting
        return session
    if tx.get(AccessToken, credential) is None and tx.get(Program, credential) is None:
        raise Unauthenticated
    raise Forbidden("This is done in the browser, after signing in there; a program may not.")


def in_the_browser_or_granted(tx: Transaction, scope: str) -> str:
    """The person's id: at the browser, or through a program that they have given `scope` of their account."""
    program = tx.get(Program, current_identity().session or "")
    if program is not None and scope in program.permissions:
        return program.user_id
    return in_the_browser(tx).user_id


def freshly_signed_in(tx: Transaction) -> BrowserSession:
    """The same, of somebody who was at the identity provider just now; else 403 with the way there."""
    session = in_the_browser(tx)
    if session.authenticated_at is None or now() - session.authenticated_at > FRESH:
        raise SignInAgain
    return session

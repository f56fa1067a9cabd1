"""Google's APIs for the person who asks: a fresh access token from the backend, which keeps what it is made of.

headers = {"Authorization": f"Bearer {google_token('calendar.readonly')}"}
"""

import time

import httpx2
import structlog

from servicekit import backend
from servicekit.problems import Forbidden, GoogleNotConnected, Problem, Unauthenticated, Unavailable

log = structlog.get_logger()

PATIENCE = 8.0  # seconds: the backend waits four for the provider, and then for its own database
TOLD = {kind.status: kind for kind in (Unauthenticated, Forbidden, GoogleNotConnected)}


def google_token(*scopes: str) -> str:
    """An access token for the person of this request, good for at least two minutes, that can do `scopes`.

    They are named as in contracts/policy.toml, which also says what this service may ask for. Raises problems that
    can go to the client as they are: GoogleNotConnected (409) when the person has to connect it first, Unavailable
    (503, with Retry-After) when Google does not answer. Ask each time: what is kept here could not be revoked.
    """
    answer = _ask(" ".join(scopes))
    if (
        answer.status_code == 503 and answer.headers.get("Retry-After") == "1"
    ):  # another is asking at this moment
        time.sleep(1)
        answer = _ask(" ".join(scopes))
    return _token(answer)


def _ask(scope: str) -> httpx2.Response:
    return backend.ask_for_person("/internal/google-token", {"scope": scope}, PATIENCE)


def _token(answer: httpx2.Response) -> str:
    try:
        told = answer.json()
        if answer.status_code == 200:
            return str(told["access_token"])
        detail = told.get("detail")
    except (ValueError, KeyError, AttributeError, TypeError):
        detail = None
    raise _problem(answer.status_code, detail, answer.headers.get("Retry-After"))


def _problem(status: int, detail: str | None, retry_after: str | None) -> Problem:
    if status in TOLD:
        return TOLD[status](detail)
    log.warning("no google token", status=status)
    problem = Unavailable(detail if status == 503 else None)
    problem.headers |= {"Retry-After": retry_after} if retry_after else {}
    return problem

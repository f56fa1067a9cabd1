"""Cookies of /auth/: the session's, and one for each attempt under way."""

from flask import request
from werkzeug.wrappers import Response

from backend.sign_in import attempts
from backend.sign_in.attempts import Attempt
from backend.vault import Vault

MOST_ATTEMPTS = 4  # that one browser may have under way


def set_cookie(answer: Response, name: str, value: str, max_age: int) -> None:
    answer.set_cookie(name, value, max_age=max_age, path="/", secure=True, httponly=True, samesite="Lax")


def begin_attempt(answer: Response, attempt: Attempt, vault: Vault) -> None:
    _forget_attempts(answer, keep=MOST_ATTEMPTS - 1)
    set_cookie(answer, attempts.cookie_name(attempt.state), attempt.seal(vault), attempts.LIFE)


def end_attempt(answer: Response, attempt: Attempt) -> None:
    set_cookie(answer, attempts.cookie_name(attempt.state), "", 0)


def _forget_attempts(answer: Response, keep: int) -> None:
    """Cookies of attempts that were begun and left: too many would make the browser's requests too large."""
    begun = [name for name in request.cookies if name.startswith(attempts.COOKIE)]
    for name in begun if len(begun) > keep else []:
        set_cookie(answer, name, "", 0)

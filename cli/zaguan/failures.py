"""What can go wrong, each in one line and with an exit code that scripts can tell apart."""

import json
import unicodedata
from typing import Any

OTHER, USAGE, SIGNED_OUT, FORBIDDEN, NOT_FOUND, CHANGED, REFUSED, UNREACHABLE = range(1, 9)
INTERRUPTED = 130

CODES = {
    400: REFUSED, 401: SIGNED_OUT, 403: FORBIDDEN, 404: NOT_FOUND, 409: CHANGED, 412: CHANGED, 413: REFUSED,
    415: REFUSED, 422: REFUSED, 428: CHANGED, 429: UNREACHABLE,
}  # fmt: skip
HINTS = {
    401: "Sign in again: zaguan login",
    412: "Read it first (zaguan documents get), or replace it with --force.",
}
TURNING = {
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
}  # characters that turn the direction of what follows


class Failure(Exception):
    """Told to the person; `code` is what the command exits with."""

    def __init__(self, message: str, code: int = OTHER) -> None:
        super().__init__(message)
        self.code = code


def refusal(status: int, body: bytes) -> Failure:
    """What an answer that is none of the good ones means: problem details (RFC 9457), OAuth's or OpenAI's
    errors, or anything."""
    told = _read(body)
    words = [
        _text(told, "detail")
        or _text(told, "error_description")
        or openai_message(told)
        or f"The answer was HTTP {status}."
    ]
    words += [f"{error.get('pointer')}: {error.get('detail')}." for error in _fields(told)]
    if status in HINTS:
        words.append(HINTS[status])
    return Failure(plain(" ".join(words)), CODES.get(status, UNREACHABLE if status >= 500 else OTHER))


def error_of(body: bytes) -> str:
    """The code of OAuth's errors (RFC 6749, section 5.2), or nothing."""
    return _text(_read(body), "error")


def openai_message(told: dict[str, Any]) -> str:
    """What an error in OpenAI's shape says, or nothing."""
    error = told.get("error")
    return _text(error, "message") if isinstance(error, dict) else ""


def plain(text: str) -> str:
    """Text from elsewhere, without what a terminal would obey."""
    return "".join("�" if _obeyed(letter) else letter for letter in text)


def _obeyed(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" or ord(letter) in TURNING


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _fields(told: dict[str, Any]) -> list[dict[str, Any]]:
    errors = told.get("errors")
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []

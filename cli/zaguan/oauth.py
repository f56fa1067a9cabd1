"""The device authorization grant (RFC 8628) from the program's side, and what follows it."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from zaguan.failures import FORBIDDEN, NOT_FOUND, SIGNED_OUT, Failure, error_of, refusal
from zaguan.http import Answer, Http

CLIENT = "zaguan"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
SLOWER = 5  # seconds more after `slow_down` (RFC 8628, section 3.5)
SLOWEST, LONGEST = 60, 3600  # seconds between two questions, and in all, whatever the platform says
NOBODY = {404, 405, 501}
HEADER = re.compile(r"[\x21-\x7e]{1,1000}")  # what can be sent as a credential
MARGIN = 30  # seconds before its end from which a credential is not used any more


class Ended(Exception):
    """The platform does not accept this refresh credential any more."""


@dataclass(frozen=True)
class Waiting:
    """The person has to decide."""

    device_code: str
    user_code: str
    page: str
    page_with_code: str
    life: float
    interval: float


@dataclass(frozen=True)
class Credentials:
    access: str
    refresh: str
    expires_at: float
    """By this machine's clock."""
    scope: str

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.expires_at - MARGIN


def ask(http: Http, scope: str | None) -> Waiting:
    """Begin: the codes for the program and for its person."""
    fields = {"scope": scope} if scope else {}
    answer = _post(http, "/oauth/device_authorization", **fields)
    if answer.status in NOBODY:
        raise Failure(f"There is no Zaguán at {http.url}, or one that no program can sign in to.", NOT_FOUND)
    told = _good(answer)
    try:
        return Waiting(
            str(told["device_code"]),
            str(told["user_code"]),
            str(told["verification_uri"]),
            str(told.get("verification_uri_complete") or told["verification_uri"]),
            min(LONGEST, float(told["expires_in"])),
            min(max(1, float(told.get("interval", 5))), SLOWEST),
        )
    except (KeyError, TypeError, ValueError):
        raise _strange() from None


def wait(http: Http, waiting: Waiting, sleep: Callable[[float], None] = time.sleep) -> Credentials:
    """Poll until the person has decided. A platform that is away for a moment is asked more slowly."""
    interval, until = waiting.interval, time.monotonic() + waiting.life
    while time.monotonic() < until:
        sleep(interval)
        answer = _poll(http, waiting.device_code)
        if answer is not None and answer.good:
            return _credentials(answer)
        error = error_of(answer.body) if answer is not None else ""
        if error == "slow_down":
            interval += SLOWER
        elif answer is None or answer.status >= 429:
            interval = min(interval * 2, SLOWEST)
        elif error != "authorization_pending":
            raise _over(error, answer)
    raise Failure("Nobody has confirmed the code in time. Begin again.", SIGNED_OUT)


def renew(http: Http, refresh: str) -> Credentials:
    """New credentials for a refresh credential, which is good once."""
    answer = _post(http, "/oauth/token", grant_type="refresh_token", refresh_token=refresh)
    if error_of(answer.body) == "invalid_grant":
        raise Ended
    return _credentials(answer)


def revoke(http: Http, refresh: str) -> None:
    """Sign out (RFC 7009)."""
    _good(_post(http, "/oauth/revoke", token=refresh))


def _poll(http: Http, device_code: str) -> Answer | None:
    try:
        return _post(http, "/oauth/token", grant_type=DEVICE_CODE, device_code=device_code)
    except Failure:
        return None


def _over(error: str, answer: Answer) -> Failure:
    if error == "access_denied":
        return Failure("The sign-in was refused.", FORBIDDEN)
    if error in {"expired_token", "invalid_grant"}:
        return Failure("The code is over. Begin again.", SIGNED_OUT)
    return refusal(answer.status, answer.body)


def _post(http: Http, path: str, **fields: str) -> Answer:
    form = urlencode({"client_id": CLIENT, **fields}).encode()
    return http.send("POST", path, headers=FORM, body=form)


def _good(answer: Answer) -> dict[str, Any]:
    if not answer.good:
        raise refusal(answer.status, answer.body)
    told = answer.json()
    if not isinstance(told, dict):
        raise _strange()
    return told


def _credentials(answer: Answer) -> Credentials:
    told = _good(answer)
    try:
        expires_at = time.time() + float(told["expires_in"])
        access, refresh = sendable(told["access_token"]), sendable(told["refresh_token"])
        return Credentials(access, refresh, expires_at, str(told.get("scope", "")))
    except (KeyError, TypeError, ValueError):
        raise _strange() from None


def sendable(credential: str) -> str:
    """The credential, if a header can carry it; else ValueError."""
    if not HEADER.fullmatch(credential):
        raise ValueError
    return credential


def _strange() -> Failure:
    return Failure("The answer is not one of a Zaguán. Is the address right?")

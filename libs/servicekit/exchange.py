"""Tokens that the backend gives: for the person of this request at the next service (RFC 8693), and for ourselves."""

import hashlib
import threading
import time
from collections import OrderedDict
from typing import Any, NamedTuple

import httpx2
import structlog
from flask import current_app

from servicekit import backend
from servicekit.identity import current_identity, current_token
from servicekit.problems import Forbidden, Internal, Problem, Unauthenticated

log = structlog.get_logger()

PATH = "/internal/token"
GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
OWN_GRANT = "client_credentials"
JWT = "urn:ietf:params:oauth:token-type:jwt"
PATIENCE = 5.0  # seconds: the backend waits four for its database
KEEP = 1.0
"""Seconds. Kept until it runs out, a token would outlive its person's rights, which end everywhere within two."""
KEEP_OWN = 30.0  # our own rights change with a release
MARGIN = 5.0  # seconds before its end at which a token is too old to be sent
MOST = 1000
Key = tuple[str, str, frozenset[str]]
TOLD: dict[str, type[Problem]] = {
    "invalid_grant": Unauthenticated,  # the person has signed out, or was suspended
    "access_denied": Forbidden,  # a visitor, or somebody who waits for approval
    "invalid_target": Forbidden,  # the policy: ours to mend, and the words say so
    "invalid_scope": Forbidden,
}


class Kept:
    """Exchanged tokens of the last moment, by the very token that they were exchanged for: never across people."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: OrderedDict[Key, tuple[float, str]] = OrderedDict()

    def get(self, key: Key) -> str | None:
        with self._lock:
            until, token = self._tokens.get(key, (0.0, ""))
            return token if time.monotonic() < until else None

    def put(self, key: Key, token: str, seconds: float) -> None:
        with self._lock:
            self._tokens[key] = (time.monotonic() + seconds, token)
            self._tokens.move_to_end(key)
            while len(self._tokens) > MOST:
                self._tokens.popitem(last=False)


class Given(NamedTuple):
    """A token, for how many seconds it is good, and what it may."""

    text: str
    seconds: float
    scope: frozenset[str]


class Refused(Exception):
    """The backend gives no token. `error` is OAuth's word; `words` may go to the person."""

    def __init__(self, status: int, error: str, words: str) -> None:
        super().__init__(error)
        self.status, self.error, self.words = status, error, words

    def problem(self) -> Problem:
        """What a service did wrong itself is logged, and no business of the client's."""
        if self.error in TOLD:
            return TOLD[self.error](self.words)
        return Internal() if self.status == 401 else backend.Away()


def exchanged_token(audience: str, scope: frozenset[str], patience: float = PATIENCE) -> str:
    """A token for `audience`, for the person of this request; no scope: all that the policy allows.

    Waits for `patience` seconds at most."""
    current_identity()
    subject = current_token()
    form = {"grant_type": GRANT, "subject_token": subject, "subject_token_type": JWT, "audience": audience}
    key = (hashlib.sha256(subject.encode()).hexdigest(), audience, scope)
    return _kept_or_asked(key, form, KEEP, patience)


def own_token(audience: str, scope: frozenset[str], patience: float = PATIENCE) -> str:
    """A token for `audience` that speaks of nobody but this service ([platform] in contracts/policy.toml)."""
    form = {"grant_type": OWN_GRANT, "audience": audience}
    return _kept_or_asked(("", audience, scope), form, KEEP_OWN, patience)


def _kept_or_asked(key: Key, form: dict[str, str], seconds: float, patience: float) -> str:
    kept: Kept = current_app.extensions.setdefault("exchanged", Kept())
    token = kept.get(key)
    if token is None:
        began = time.monotonic()
        form |= {"scope": " ".join(sorted(key[2]))} if key[2] else {}
        try:
            token, life, _ = given(form, patience)
        except Refused as refusal:
            raise refusal.problem() from None
        kept.put(key, token, min(seconds, life - MARGIN) - (time.monotonic() - began))
    return token


def given(form: dict[str, str], patience: float = PATIENCE) -> Given:
    """What the backend's token endpoint gives for `form`; or Refused."""
    answer = backend.ask(PATH, form, min(patience, PATIENCE))
    told = _read(answer)
    try:
        scope = frozenset(str(told["scope"]).split())
        return Given(str(told["access_token"]), float(told["expires_in"]), scope)
    except (KeyError, ValueError, TypeError):
        error, words = str(told.get("error", "")), str(told.get("error_description", ""))[:500]
        log.warning("token not given", status=answer.status_code, error=error, reason=words)
        raise Refused(answer.status_code, error, words) from None


def _read(answer: httpx2.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}

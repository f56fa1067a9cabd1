"""The person of this request, for the next service: tokens exchanged at the backend (RFC 8693)."""

import hashlib
import threading
import time
from collections import OrderedDict
from typing import Any

import httpx2
import structlog
from flask import current_app

from servicekit import backend
from servicekit.identity import current_identity, current_token
from servicekit.problems import Forbidden, Internal, Problem, Unauthenticated, Unavailable

log = structlog.get_logger()

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
JWT = "urn:ietf:params:oauth:token-type:jwt"
PATIENCE = 5.0  # seconds: the backend waits four for its database
KEEP = 1.0
"""Seconds. Kept until it runs out, a token would outlive its person's rights, which end everywhere within two."""
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


def exchanged_token(audience: str, scope: frozenset[str], patience: float = PATIENCE) -> str:
    """A token for `audience`, for the person of this request; no scope: all that the policy allows.

    Waits for `patience` seconds at most."""
    current_identity()
    kept: Kept = current_app.extensions.setdefault("exchanged", Kept())
    key = (hashlib.sha256(current_token().encode()).hexdigest(), audience, scope)
    token = kept.get(key)
    if token is None:
        began = time.monotonic()
        token, life = _exchange(audience, scope, min(patience, PATIENCE))
        kept.put(key, token, min(KEEP, life - MARGIN) - (time.monotonic() - began))
    return token


def _exchange(audience: str, scope: frozenset[str], patience: float) -> tuple[str, float]:
    form = {"grant_type": GRANT, "subject_token_type": JWT, "audience": audience}
    form |= {"scope": " ".join(sorted(scope))} if scope else {}
    answer = backend.ask("/internal/token", form, patience)
    told = _read(answer)
    try:
        return str(told["access_token"]), float(told["expires_in"])
    except (KeyError, ValueError, TypeError):
        raise _refused(answer.status_code, told) from None


def _read(answer: httpx2.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _refused(status: int, told: dict[str, Any]) -> Problem:
    """OAuth's words as a problem. What a service did wrong itself is logged, and no business of the client's."""
    error, words = str(told.get("error", "")), str(told.get("error_description", ""))[:500]
    log.warning("token not exchanged", status=status, error=error, reason=words)
    if error in TOLD:
        return TOLD[error](words)
    return Internal() if status == 401 else Unavailable()

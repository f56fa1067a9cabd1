"""A worker acts for the person of a message: with a fresh identity each second, for as long as the backend says so.

with acting(event.on_behalf_of) as bearer:
    bearer.identity().may("documents:write")
    as_user("ai").post("/v1/embeddings", json={"input": text})
"""

import json
import threading
import time
from contextlib import AbstractContextManager, ExitStack
from typing import Self

import structlog
from flask import current_app, g
from joserfc import jws
from joserfc.errors import JoseError

from servicekit import tracing
from servicekit.exchange import GRANT, JWT, KEEP, Refused, given
from servicekit.identity import Identity, InvalidToken, Verifier
from servicekit.message_tokens import KIND, MessageToken
from servicekit.problems import Internal

log = structlog.get_logger()

ENDED, EXPIRED = "ended", "expired"


class Ended(Exception):
    """Nobody acts for this person any more: what was begun stops, and has no further effect.

    `reason` is `ended` (suspended, deleted, signed out everywhere, or the access token revoked) or `expired` (the
    message is older than such a token lives).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Acting(AbstractContextManager["Acting"]):
    """Who is acted for. While it is entered, `current_identity`, `as_user` and `on_behalf` are theirs.

    Needs an application's context, as the threads of a `worker` have one.
    """

    def __init__(self, text: str) -> None:
        self._text, self._lock, self._open = text, threading.Lock(), ExitStack()
        self._asked_at, self._token, self._identity = -KEEP, "", Identity("", frozenset())

    def identity(self) -> Identity:
        """Of this moment, at most a second old; Ended once the backend refuses, Away while it does not answer."""
        return self._current()[1]

    def token(self) -> str:
        """The same as an identity token for this service."""
        return self._current()[0]

    def __enter__(self) -> Self:
        self.identity()
        self._open.enter_context(current_app.app_context())
        g.bearer, g.request_id = self, tracing.trace_id()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _current(self) -> tuple[str, Identity]:
        with self._lock:
            if time.monotonic() - self._asked_at >= KEEP:
                asked_at = time.monotonic()
                self._token, self._identity = self._asked()
                self._asked_at = asked_at
            return self._token, self._identity

    def _asked(self) -> tuple[str, Identity]:
        verifier: Verifier = current_app.extensions["identity"]
        kinds = {"subject_token_type": KIND, "requested_token_type": JWT}
        form = {"grant_type": GRANT, "subject_token": self._text, "audience": verifier.audience, **kinds}
        try:
            token = given(form).text
            return token, verifier.verify(token)
        except Refused as refusal:
            if refusal.error == "invalid_grant":
                raise Ended(EXPIRED if self._is_over() else ENDED) from None
            raise refusal.problem() from None
        except InvalidToken as error:
            log.error("the backend gave no good token", reason=str(error))  # noqa: TRY400 - the reason says it
            raise Internal from None

    def _is_over(self) -> bool:
        """The backend has judged; this only tells why."""
        try:
            return bool(json.loads(jws.extract_compact(self._text.encode()).payload)["exp"] <= time.time())
        except (JoseError, ValueError, KeyError, TypeError):
            return False


def acting(token: MessageToken | str) -> Acting:
    """For the person of `token`: that of an event, or its text as a row kept it."""
    return Acting(token.text if isinstance(token, MessageToken) else token)

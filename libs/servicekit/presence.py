"""Whether whoever asked is still there: work that takes long, for an answer that is given when it is whole, looks now
and then, and stops when nobody would hear it.

    is_gone = presence.watched()
    while not done():
        if is_gone():
            raise ClientGone

The web server tells, where it can: `servicekit.bridge` puts how to begin to watch into the request's environment.
"""

from collections.abc import Callable
from typing import Final

from flask import has_request_context, request
from werkzeug.exceptions import ClientDisconnected

WATCH: Final = "servicekit.watch"
"""Key of the request's environment: begins to watch, and returns what tells whether they have gone."""
IsGone = Callable[[], bool]


class ClientGone(ClientDisconnected):
    """Nobody hears the answer: it only says in the log why there is none."""


def watched() -> IsGone:
    """Begin to watch over who asked in this request; nobody goes from what is no request."""
    if not has_request_context():
        return _stays
    begin: Callable[[], IsGone] = request.environ.get(WATCH, lambda: _stays)
    return begin()


def _stays() -> bool:
    return False

"""For how long an answer is awaited that takes its time: until whoever asked has gone, or the time is over."""

import time
from collections.abc import Callable
from typing import Final

from flask import has_request_context, request

from servicekit import deadline, presence
from servicekit.problems import Timeout

LONGEST: Final = 140.0
"""Seconds, if whoever asks does not say: the gateway gives up after 150 (nginx/snippets/ai.conf)."""


class NotWanted(presence.ClientGone):
    """Of what was asked for, `tokens` were computed before that was known."""

    def __init__(self, tokens: int) -> None:
        super().__init__()
        self.tokens = tokens


class TooLate(Timeout):
    """The same, when the time was over."""

    def __init__(self, tokens: int) -> None:
        super().__init__(
            "There was too much else to do: it is not ready yet. Ask for less at a time, or again."
        )
        self.tokens = tokens


def still_wanted() -> Callable[[int], None]:
    """Ask it now and then, with the tokens that were computed so far. Of what is no request everything is wanted."""
    if not has_request_context():
        return lambda _: None
    told = deadline.HEADER in request.headers
    until = time.monotonic() + (min(deadline.left(), LONGEST) if told else LONGEST)
    is_gone = presence.watched()

    def check(tokens: int) -> None:
        if is_gone():
            raise NotWanted(tokens)
        if time.monotonic() > until:
            raise TooLate(tokens)

    return check

"""The answer to one question, seen from the thread of its request: streamed or whole, accounted for in any case."""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from flask import Response

from ai.budgets.keeper import Keeper
from ai.budgets.service import Held, Used
from ai.chat import counting, pieces
from ai.chat.relay import Call, Ended, Piece, Said
from ai.chat.schemas import ChatIn
from ai.problems import ModelFailed
from ai.wire import errors
from servicekit.presence import ClientGone, IsGone
from servicekit.problems import Problem, Unauthenticated, Unavailable
from servicekit.revocations import CHANGED, UNKNOWN, Watch

GRACE: Final = 1.5  # seconds in which a stream's first piece, or its refusal, is waited for with the status
TICK: Final = 0.2  # seconds between two looks at whether anybody wants the answer still
QUIET: Final = 10.0  # seconds after which something is said, so that nobody between us gives up
MOST: Final = 32 * 1024 * 1024
"""Bytes of a streamed answer: what a client does not read waits in our memory."""
STREAM = "text/event-stream; charset=utf-8"


class Answer:
    """Close it, whatever happens: then what was used is settled, and the model left alone."""

    def __init__(self, call: Call, asked: ChatIn, held: Held, prompt: int, keeper: Keeper) -> None:
        self._call, self._asked, self._held = call, asked, held
        self._prompt, self._keeper = prompt, keeper
        self._settled = False
        self.used: Used | None = None

    def settle(self, *, failed: bool = False, whole: bool = False) -> None:
        """Once. A model that has failed before it said anything is not paid for; of a `whole` one all is told."""
        if not self._settled:
            self._settled = True
            self._call.cancel()
            self.used = self._what_was_used(failed=failed, whole=whole)
            self._keeper.settle(self._held, self.used)

    def usage(self) -> dict[str, Any]:
        used = self.used or Used("", 0, 0)
        return pieces.usage(used.prompt_tokens, used.completion_tokens)

    @property
    def left(self) -> int:
        """Tokens of the smaller budget, when this is settled; before: without all that it may cost."""
        used = self.used.tokens if self.used else 0
        return self._held.left if not self._settled else self._held.left + self._held.tokens - used

    def take(self, seconds: float) -> Said | None:
        return self._call.take(seconds)

    @property
    def place(self) -> int:
        return self._call.place

    def _what_was_used(self, *, failed: bool, whole: bool) -> Used | None:
        """As the model told; else, or where it had not told the last yet, as near as can be said of what was heard."""
        heard = self._call.heard
        if heard.usage is None and not heard.text and (failed or not self._call.asked):
            return None
        written = max(len(heard.text), counting.of_text("".join(heard.text)))
        prompt, completion = heard.usage or (0, 0)
        if not (whole and completion):  # a model that tells of nothing has not counted
            completion = max(completion, written)
        return self._held.within(Used(self._call.model.id, prompt or self._prompt, completion))


class Whole:
    """An answer that is given when it is complete. Who goes before that pays what was asked by then."""

    def __init__(self, answer: Answer, wanted: Callable[[], None]) -> None:
        """`wanted` raises, once nobody wants the answer any more."""
        self._answer, self._wanted = answer, wanted

    def read(self) -> dict[str, Any]:
        told: dict[str, Any] | None = None
        while True:
            self._wanted()
            said = self._answer.take(TICK)
            if isinstance(said, Piece):
                told = said.told
            elif isinstance(said, Ended):
                self._answer.settle(failed=said.problem is not None, whole=said.problem is None)
                if said.problem is not None or told is None:
                    raise said.problem or Unavailable()
                return told | {"usage": self._answer.usage()}


class Stream:
    """An answer in pieces: an iterator for the web server, which closes it when the client has gone."""

    def __init__(
        self, answer: Answer, watch: Watch, stack: ExitStack, asked: ChatIn, request_id: str
    ) -> None:
        self._answer, self._watch, self._stack = answer, watch, stack
        self._wants_usage = bool(asked.stream_options and asked.stream_options.include_usage)
        self._request_id = request_id
        self._waiting: list[Said] = []
        self._frame: dict[str, Any] = {}
        self._place, self._said_at, self._over = 0, time.monotonic(), False
        self._sent = 0

    def begin(self) -> None:
        """Wait a little for the first piece: what fails at once is told with its status."""
        until = time.monotonic() + GRACE
        while (said := self._answer.take(TICK)) is None and time.monotonic() < until:
            if self._watch.ended:
                raise ended(self._watch)
        if isinstance(said, Ended) and said.problem is not None:
            self._answer.settle(failed=True)
            raise said.problem
        if said is not None:
            self._waiting.append(said)

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        if self._over:
            raise StopIteration
        if self._watch.ended:
            return self._broken_off(ended(self._watch))
        said = self._waiting.pop() if self._waiting else self._answer.take(TICK)
        match said:
            case None:
                return self._nothing()
            case Ended(None):
                return self._end()
            case Ended(Problem() as problem):
                return self._broken_off(problem, failed=True)
            case Piece() if self._sent > MOST:
                return self._broken_off(ModelFailed())
            case Piece(told):
                self._frame = told
                return self._event(told | ({"usage": None} if self._wants_usage else {}))
        raise AssertionError(said)

    def close(self) -> None:
        """Of a client that has gone, too."""
        self._over = True
        self._answer.settle()
        self._stack.close()

    def _nothing(self) -> bytes:
        """A comment now and then, with the place in the line; mostly only a look at whether anybody is there."""
        place = self._answer.place
        if place == self._place and time.monotonic() < self._said_at + QUIET:
            return b""
        self._place, self._said_at = place, time.monotonic()
        return f": place {place}\n\n".encode() if place else b": working\n\n"

    def _end(self) -> bytes:
        """Settled first: whoever asks for what is left when this has arrived is told the truth."""
        self._over = True
        self._answer.settle(whole=True)
        usage = self._event(self._frame | {"choices": [], "usage": self._answer.usage()})
        return (usage if self._wants_usage else b"") + b"data: [DONE]\n\n"

    def _broken_off(self, problem: Problem, *, failed: bool = False) -> bytes:
        self._over = True
        self._answer.settle(failed=failed)
        return self._event(errors.error_in_stream(problem, self._request_id))

    def _event(self, told: dict[str, Any]) -> bytes:
        self._said_at = time.monotonic()
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        event = f"data: {text}\n\n".encode(errors="replace")
        self._sent += len(event)
        return event


def check(watch: Watch, is_gone: IsGone) -> None:
    """Raises what has happened to who asked."""
    if watch.ended:
        raise ended(watch)
    if is_gone():
        raise ClientGone


def ended(watch: Watch) -> Problem:
    """What is told to whom something was taken away meanwhile."""
    if watch.ended in {CHANGED, UNKNOWN}:
        return Unavailable()
    return Unauthenticated("You have been signed out, or lost the right to ask this.")


def streamed(stream: Stream, left: int) -> Response:
    headers = {"X-Budget-Remaining": str(left), "Cache-Control": "no-cache"}
    return Response(stream, content_type=STREAM, headers=headers)

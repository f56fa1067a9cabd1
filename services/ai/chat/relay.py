"""A question on its way: it waits for its turn, asks the model, again or another one while nothing has been said, and
brings what it hears to whoever waits for it in a thread."""

import asyncio
import queue
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import structlog

from ai.budgets.keeper import LONGEST
from ai.chat import pieces, question
from ai.chat.schemas import ChatIn
from ai.local.process import LocalModel
from ai.models.catalog import Model
from ai.upstream.client import Client, Target
from ai.upstream.failures import ELSEWHERE, Failed
from ai.upstream.loop import Loop
from ai.upstream.turns import Turns
from servicekit import presence
from servicekit.problems import Internal, Problem

log = structlog.get_logger()

T = TypeVar("T")

TRIES = 3  # of each model
PAUSES = (0.2, 0.8)  # seconds before the next
OF_OWN_CODE = 60.0  # seconds for the bundled model to be loaded, and to count
MOST_SECONDS = 300.0
LONGEST_ANSWER = LONGEST - 30
"""Seconds, waiting in the line included: what was reserved for an answer is not held for longer."""
MOST_UNTAKEN = 256
PIECES_OF_TOKEN, SPARE_PIECES = 8, 64
"""So many pieces are made of each token that the model may give, and some more; a letter of each piece at the least."""
LOOK = 0.2  # seconds between two looks at whether anybody waits still


@dataclass(frozen=True)
class Piece:
    """Something that the model has said, as the client may see it."""

    told: dict[str, Any]


@dataclass(frozen=True)
class Ended:
    """It was the last; the problem, if it did not end well."""

    problem: Problem | None = None


Said = Piece | Ended
Ask = Callable[[], Awaitable[None]]


class Call:
    """One question, seen from the thread that waits for its answer."""

    def __init__(self, model: Model) -> None:
        self.place = 0
        self.model = model
        self.asked = False
        self.heard = pieces.Heard()
        self._box: queue.SimpleQueue[Said] = queue.SimpleQueue()
        self._work: Future[None] | None = None

    def take(self, seconds: float) -> Said | None:
        """The next that was heard; None: nothing in so many seconds."""
        try:
            return self._box.get(timeout=seconds)
        except queue.Empty:
            return None

    def cancel(self) -> None:
        """Nobody wants the answer any more: the model is told so by its connection."""
        if self._work is not None:
            self._work.cancel()

    def begin(self, work: "Future[None]") -> None:
        self._work = work

    def put(self, said: Said) -> None:
        self._box.put(said)

    async def keep_up(self) -> None:
        """Until whoever waits for it has taken most of what was said."""
        while self._box.qsize() > MOST_UNTAKEN:  # noqa: ASYNC110 - who takes it is a thread
            await asyncio.sleep(0.02)

    def tell_place(self, place: int) -> None:
        self.place = place


class Relay:
    """Everything that is asked in this process."""

    def __init__(self, local: LocalModel) -> None:
        self.local = local
        self._loop, self._client = Loop(), Client()
        self._turns: dict[str, Turns] = {}

    def ask(self, chain: list[Model], asked: ChatIn, tokens: int, person: str) -> Call:
        """Begin; the chain's first model is asked first."""
        call = Call(chain[0])
        call.begin(self._loop.start(self._answer(call, chain, asked, tokens, person)))
        return call

    def close(self) -> None:
        """Let go of all models: of their connections, and of the bundled one's process."""
        self._loop.start(self._client.close()).result(OF_OWN_CODE)
        self.local.stop()

    def count(self, asked: ChatIn, model: Model) -> int:
        """Exactly how many tokens the bundled model reads in this question."""
        try:
            return self._heard(self._count(asked, model), OF_OWN_CODE)
        except Failed as failure:
            log.warning("model failed", model=model.id, failure=str(failure))
            raise failure.problem() from None

    def embed(
        self, model: Model, texts: list[str], dimensions: int | None, person: str
    ) -> tuple[list[Any], int | None]:
        """Vectors of a model elsewhere, in the order of the texts, and the tokens that it has counted."""
        name = model.upstream.model if model.upstream else model.id
        body: dict[str, Any] = {"model": name, "input": texts}
        if dimensions is not None:
            body["dimensions"] = dimensions
        try:
            told = self._heard(self._embed(model, body, person), MOST_SECONDS)
        except Unheard as unheard:
            raise unheard.failure.problem() from None
        except Failed as failure:
            raise failure.problem() from None
        return pieces.vectors(told)

    def _heard(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """What comes of it; broken off, if nothing does in so many seconds, or who has asked for it has gone."""
        begun, is_gone, until = self._loop.start(work), presence.watched(), time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                done, _ = wait([begun], LOOK)
                if done:
                    return begun.result()
                if is_gone():
                    raise presence.ClientGone
            raise Failed("slow", "waited for too long")
        finally:
            begun.cancel()

    async def _embed(self, model: Model, body: dict[str, Any], person: str) -> dict[str, Any]:
        answer: list[dict[str, Any]] = []

        async def ask() -> None:
            try:
                answer.append(await self._client.ask(await self._target(model), "/embeddings", body))
            except Failed as failure:
                raise Unheard(failure) from None

        async with self._turns.setdefault(model.id, Turns(model.concurrent)).turn(person, lambda _: None):
            failure = await self._some_tries(ask, model)
        if failure is not None:
            raise Unheard(failure)
        return answer[0]

    async def _answer(self, call: Call, chain: list[Model], asked: ChatIn, tokens: int, person: str) -> None:
        try:
            async with asyncio.timeout(LONGEST_ANSWER):
                await self._first_that_answers(call, chain, asked, tokens, person)
            call.put(Ended())
        except TimeoutError:
            call.put(Ended(Failed("slow", "went on and on").problem()))
        except Failed as failure:
            call.put(Ended(failure.problem()))
        except Problem as problem:
            call.put(Ended(problem))
        except Exception:
            log.exception("unhandled error")
            call.put(Ended(Internal()))

    async def _first_that_answers(
        self, call: Call, chain: list[Model], asked: ChatIn, tokens: int, person: str
    ) -> None:
        failure: Failed | None = None
        for model in chain:
            ask = partial(self._once, call, model, asked, tokens)
            turns = self._turns.setdefault(model.id, Turns(model.concurrent))
            async with turns.turn(person, call.tell_place):
                failure = await self._some_tries(ask, model)
            if failure is None:
                return
            if failure.kind not in ELSEWHERE:
                break
        raise failure or Failed("away", "no model")

    async def _some_tries(self, ask: Ask, model: Model) -> Failed | None:
        """None: it has answered. What fails after something was heard is raised."""
        for number in range(TRIES):
            try:
                await ask()
            except Unheard as unheard:
                failure = unheard.failure
                log.warning("model failed", model=model.id, failure=str(failure), number=number + 1)
            else:
                return None
            if not failure.may_pass or number + 1 == TRIES:
                break
            pause = max(PAUSES[number], failure.wait or 0)
            await asyncio.sleep(pause * random.uniform(1, 1.3))  # noqa: S311 - no secret
        return failure

    async def _once(self, call: Call, model: Model, asked: ChatIn, tokens: int) -> None:
        heard = False
        try:
            question.check(asked, model)
            call.model = model
            async for told in self._pieces(
                call, question.body(asked, model, min(tokens, model.answer)), asked
            ):
                read = pieces.piece if asked.stream else pieces.whole
                piece = read(told, model.id, call.heard)
                if piece is not None:
                    heard = True
                    call.put(Piece(piece))
                    await call.keep_up()
                _check_that_it_stops(call, tokens)
        except Failed as failure:
            if heard:
                log.warning("model broke off", model=model.id, failure=str(failure))
                raise
            raise Unheard(failure) from None

    async def _pieces(self, call: Call, body: dict[str, Any], asked: ChatIn) -> AsyncIterator[dict[str, Any]]:
        target = await self._target(call.model)
        call.asked = True
        if asked.stream:
            async for told in self._client.stream(target, body):
                yield told
        else:
            yield await self._client.ask(target, "/chat/completions", body)

    async def _target(self, model: Model) -> Target:
        upstream = model.upstream
        if upstream is None:
            address = await asyncio.get_running_loop().run_in_executor(None, self.local.ready)
            return Target(address.url, address.key, 60.0, 30.0)
        key = upstream.key_file.read_text(encoding="utf-8").strip() if upstream.key_file else None
        return Target(upstream.url, key, upstream.first, upstream.between)

    async def _count(self, asked: ChatIn, model: Model) -> int:
        target = await self._target(model)
        patient = Target(target.url, target.key, 10.0, 10.0)
        messages = question.body(asked, model, 1)["messages"]
        counted = await self._client.ask(patient, "/chat/completions/input_tokens", {"messages": messages})
        return int(counted["input_tokens"])


def _check_that_it_stops(call: Call, tokens: int) -> None:
    if len(call.heard.text) > PIECES_OF_TOKEN * tokens + SPARE_PIECES:
        raise Failed("garbage", "does not stop")


class Unheard(Exception):
    """It failed before it had said anything: it may be asked again."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(str(failure))
        self.failure = failure

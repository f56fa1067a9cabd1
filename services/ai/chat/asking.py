"""From a person's question to an answer that is accounted for: the edge of chat, for every route that has one."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from flask import g

from ai.budgets import account, limits
from ai.chat import counting, question
from ai.chat.answer import Answer, Stream, Whole, check
from ai.chat.schemas import ChatIn
from ai.models.catalog import Model
from ai.parts import Parts
from ai.problems import QueueFull, TooLongForThisModel
from servicekit import presence
from servicekit.identity import Identity

BYTES_OF_TOKEN = 16
"""So many have hardly any; on average of a whole text none."""


def whole(
    parts: Parts, identity: Identity, asked: ChatIn, model: Model | None = None
) -> tuple[dict[str, Any], int]:
    """The complete answer, and what is left of the budget. `model`: instead of one that the person may choose."""
    with ExitStack() as stack:
        watch = stack.enter_context(parts.watcher.watch(identity))
        answer = _begun(parts, identity, asked, model, stack)
        return Whole(answer, partial(check, watch, presence.watched())).read(), answer.left


def unwatched(parts: Parts, identity: Identity, asked: ChatIn, wanted: Callable[[], None]) -> dict[str, Any]:
    """The complete answer, for who looks themselves whether it is wanted: `wanted` raises, once it is not."""
    with ExitStack() as stack:
        return Whole(_begun(parts, identity, asked, None, stack), wanted).read()


def stream(parts: Parts, identity: Identity, asked: ChatIn, model: Model | None = None) -> tuple[Stream, int]:
    """The answer as it comes. Whoever gets it closes it."""
    with ExitStack() as stack:
        watch = stack.enter_context(parts.watcher.watch(identity))
        answer = _begun(parts, identity, asked, model, stack)
        streamed = Stream(answer, watch, stack.pop_all(), asked, g.request_id)
        stack.callback(streamed.close)
        streamed.begin()
        stack.pop_all()
        return streamed, answer.left


def _begun(parts: Parts, identity: Identity, asked: ChatIn, model: Model | None, stack: ExitStack) -> Answer:
    model = model or parts.catalog.find(asked.model, "chat", identity)
    question.check(asked, model)
    if model.upstream is None:
        _check_length(asked, model)
    tokens = question.wanted_tokens(asked, model)
    # All who only try are one in the line: many addresses together take no more turns than one person.
    whose = limits.counted_as(identity)
    # To count what the bundled model is asked takes its time: not for whom even the answer is too much.
    looked = account.look(parts, identity, model.id, tokens if model.upstream is None else 0)
    if model.upstream is None:
        stack.enter_context(parts.crowd.one_of(whose))
    chain = parts.catalog.chain(model, identity)
    most, likely = _prompt(parts, asked, chain)
    if model.upstream is None:
        tokens = _fitting(model, most, tokens)
    held = account.hold(parts, looked, most + tokens)
    try:
        stack.enter_context(parts.crowd.one_of(whose))
    except QueueFull:
        parts.keeper.settle(held, None)
        raise
    answer = Answer(parts.relay.ask(chain, asked, tokens, whose), asked, held, likely, parts.keeper)
    stack.callback(answer.settle)
    return answer


def _prompt(parts: Parts, asked: ChatIn, chain: list[Model]) -> tuple[int, int]:
    """Tokens of the question, at most and probably, whichever model answers: of the bundled one exactly."""
    if chain[0].upstream is None:
        exact = parts.relay.count(asked, chain[0])
        return exact, exact
    picture = max(model.picture for model in chain)
    return counting.bound(asked, picture), counting.guess(asked, picture)


def _check_length(asked: ChatIn, model: Model) -> None:
    """What is much too long is told so without counting its tokens, which takes all processors for seconds."""
    if counting.bound(asked, 0) > BYTES_OF_TOKEN * model.context:
        raise TooLongForThisModel


def _fitting(model: Model, prompt: int, tokens: int) -> int:
    """Question and answer together are what the model can see."""
    if prompt >= model.context:
        raise TooLongForThisModel(
            f"The messages have {prompt} tokens; {model.id} reads {model.context - 1} at most. Shorten them."
        )
    return min(tokens, model.context - prompt)

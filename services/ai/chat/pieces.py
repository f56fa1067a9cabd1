"""What a model says, as the client gets it: the fields that the format has, and nothing else of the provider's."""

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_json

from ai.problems import ModelFailed
from ai.upstream.failures import Failed

JSON = dict[str, Any]
TEXTS = ("role", "content", "refusal", "reasoning_content")
LISTS = ("tool_calls",)
MOST_TOKENS = 10_000_000
LATEST = 2**53  # seconds: what any client can read


@dataclass
class Heard:
    """What was said so far, for the account."""

    text: list[str] = field(default_factory=list)
    """Piece by piece; most models make one of each token."""
    usage: tuple[int, int] | None = None


def piece(told: JSON, name: str, heard: Heard) -> JSON | None:
    """One piece of a streamed answer; None for what is only about itself."""
    heard.usage = _usage(told) or heard.usage
    choices = [_choice(choice, "delta") for choice in _choices(told)]
    heard.text += filter(None, (_said(choice["delta"]) for choice in choices))
    if not choices:
        return None
    return _frame(told, name, "chat.completion.chunk") | {"choices": choices}


def whole(told: JSON, name: str, heard: Heard) -> JSON:
    """A whole answer, without its usage."""
    heard.usage = _usage(told)
    choices = [_choice(choice, "message") for choice in _choices(told)]
    if not choices:
        raise Failed("garbage", "no choices")
    heard.text += [_said(choice["message"]) for choice in choices]
    return _frame(told, name, "chat.completion") | {"choices": choices}


def usage(prompt: int, completion: int) -> JSON:
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def vectors(told: JSON) -> tuple[list[Any], int | None]:
    """Of an answer with embeddings, in the order of their numbers; and the tokens, if they were counted."""
    data, counted = told.get("data"), told.get("usage")
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise ModelFailed
    places = [entry.get("index") for entry in data]
    if sorted(map(str, places)) != sorted(str(place) for place in range(len(data))):
        raise ModelFailed
    tokens = counted.get("prompt_tokens") if isinstance(counted, dict) else None
    sound = type(tokens) is int and 0 <= tokens <= MOST_TOKENS
    ordered = sorted(data, key=lambda entry: int(entry["index"]))
    return [entry.get("embedding") for entry in ordered], tokens if sound else None


def _frame(told: JSON, name: str, kind: str) -> JSON:
    created = told.get("created")
    return {
        "id": str(told.get("id") or "chatcmpl-0")[:200],
        "object": kind,
        "created": int(created) if isinstance(created, int | float) and 0 <= created < LATEST else 0,
        "model": name,
    }


def _choices(told: JSON) -> list[JSON]:
    choices = told.get("choices")
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        raise Failed("away" if "error" in told else "garbage", "an error in the stream")
    return choices


def _choice(choice: JSON, part: str) -> JSON:
    said, ended = choice.get(part), choice.get("finish_reason")
    if not isinstance(said, dict) or not isinstance(ended, str | None):
        raise Failed("garbage", "no answer in a choice")
    logprobs = choice.get("logprobs")
    return {
        "index": 0,
        part: _part(said),
        "finish_reason": ended,
        "logprobs": _tellable(logprobs) if isinstance(logprobs, dict) else None,
    }


def _part(said: JSON) -> JSON:
    """Texts, and lists: of calls, and of what some models make of a text."""
    part = {name: said[name] for name in (*TEXTS, *LISTS) if name in said}
    for name, told in part.items():
        if (
            isinstance(told, list)
            and name in {*LISTS, "content"}
            and all(isinstance(one, dict) for one in told)
        ):
            _tellable(told)
        elif told is not None and (name in LISTS or not isinstance(told, str)):
            raise Failed("garbage", f"{name} is none")
    return part


def _tellable(told: Any) -> Any:
    """As it is, if it can be written as JSON again: not too deep, no number without end."""
    try:
        to_json(told)
        json.dumps(told, allow_nan=False)
    except (ValueError, RecursionError):
        raise Failed("garbage", "no JSON") from None
    return told


def _said(part: JSON) -> str:
    """All that was written, for counting it."""
    words = [part.get(name) for name in ("content", "refusal", "reasoning_content", "tool_calls")]
    return "".join(word if isinstance(word, str) else str(word) for word in words if word)


def _usage(told: JSON) -> tuple[int, int] | None:
    usage = told.get("usage")
    if not isinstance(usage, dict):
        return None
    counted = (usage.get("prompt_tokens"), usage.get("completion_tokens"))
    if not all(type(number) is int and 0 <= number <= MOST_TOKENS for number in counted):
        return None
    prompt, completion = counted
    return int(prompt or 0), int(completion or 0)

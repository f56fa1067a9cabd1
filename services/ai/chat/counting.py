"""How many tokens a question may be, before anybody has counted them."""

import json
from collections.abc import Iterable
from typing import Any

from ai.chat.schemas import ChatIn, Message

PER_MESSAGE = 16  # what a model's template writes around it
AT_LEAST = 64  # a system message of the model's own
PER_PICTURE = 4096  # by address; one that is in the message is counted by its bytes
WRITTEN_WITH = 4  # bytes of a token, in the middle of many texts


def bound(asked: ChatIn) -> int:
    """No tokenizer makes more tokens than there are bytes: what is reserved is never too little."""
    return AT_LEAST + len(_tools(asked)) + sum(PER_MESSAGE + _bytes(message) for message in asked.messages)


def guess(asked: ChatIn) -> int:
    """Near the truth: for an answer that was broken off before the model has told."""
    length = len(_tools(asked)) + sum(_bytes(message) for message in asked.messages)
    return len(asked.messages) * 4 + -(-length // WRITTEN_WITH)


def of_text(text: str) -> int:
    return -(-len(text.encode(errors="replace")) // WRITTEN_WITH)


def _tools(asked: ChatIn) -> bytes:
    told = [asked.tools, asked.response_format, asked.tool_choice]
    return json.dumps([each for each in told if each is not None], ensure_ascii=False).encode(
        errors="replace"
    )


def _bytes(message: Message) -> int:
    told: list[Any] = [message.content, message.tool_calls, message.name]
    text = json.dumps([each for each in told if each is not None], ensure_ascii=False)
    return len(text.encode(errors="replace")) + PER_PICTURE * _pictures(message.content)


def _pictures(content: str | Iterable[dict[str, Any]] | None) -> int:
    if content is None or isinstance(content, str):
        return 0
    return sum(part.get("type") not in {"text", "refusal"} for part in content)

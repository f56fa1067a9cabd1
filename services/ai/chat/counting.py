"""How many tokens a question may be, before anybody has counted them."""

from typing import Any

from pydantic_core import to_json

from ai.chat.contents import PicturePart
from ai.chat.schemas import ChatIn, Message

PER_MESSAGE = 16  # what a model's template writes around it
AT_LEAST = 64  # a system message of the model's own
WRITTEN_WITH = 4  # bytes of a token, in the middle of many texts


def bound(asked: ChatIn, picture: int) -> int:
    """No tokenizer makes more tokens than there are bytes: what is reserved is never too little. What a picture costs
    has nothing to do with its bytes: `picture` tokens at most, as the deployer says."""
    return (
        AT_LEAST
        + len(_tools(asked))
        + sum(PER_MESSAGE + _most(message, picture) for message in asked.messages)
    )


def guess(asked: ChatIn, picture: int) -> int:
    """Near the truth: for an answer that was broken off before the model has told."""
    length = len(_tools(asked)) + sum(len(_written(message)) for message in asked.messages)
    seen = sum(picture * len(message.pictures) for message in asked.messages)
    return len(asked.messages) * 4 + -(-length // WRITTEN_WITH) + seen


def of_text(text: str) -> int:
    return -(-len(text.encode(errors="replace")) // WRITTEN_WITH)


def _most(message: Message, picture: int) -> int:
    return len(_written(message)) + picture * len(message.pictures)


def _tools(asked: ChatIn) -> bytes:
    return _json([asked.tools, asked.response_format, asked.tool_choice])


def _written(message: Message) -> bytes:
    """All of a message but its pictures."""
    content = message.content
    if isinstance(content, list):
        content = [part for part in content if not isinstance(part, PicturePart)]
    return _json([content, message.tool_calls, message.name])


def _json(told: list[Any]) -> bytes:
    return to_json([each for each in told if each is not None], exclude_none=True)

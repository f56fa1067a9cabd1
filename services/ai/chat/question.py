"""What a model is sent: no more than what is known, and no more tokens than are allowed."""

from typing import Any

from ai.chat.contents import Part, TextPart
from ai.chat.schemas import ChatIn, Message
from ai.models.catalog import Model
from ai.problems import NotForThisModel

PASSED_ON = {
    "temperature", "top_p", "presence_penalty", "frequency_penalty", "stop", "seed", "tools", "tool_choice",
    "parallel_tool_calls", "response_format", "reasoning_effort",
}  # fmt: skip
BUNDLED_KNOWS = {"temperature", "top_p", "presence_penalty", "frequency_penalty", "stop", "seed"}


def wanted_tokens(asked: ChatIn, model: Model) -> int:
    """Of the answer: what the client wants, no more than the model may give."""
    return min(asked.max_completion_tokens or asked.max_tokens or model.answer, model.answer)


def check(asked: ChatIn, model: Model) -> None:
    """What this model cannot do, or may not: the bundled one reads text, and nothing else."""
    if model.upstream is not None:
        _check_pictures(asked, model)
        return
    beyond = sorted(asked.model_dump(include=PASSED_ON, exclude_none=True).keys() - BUNDLED_KNOWS)
    if beyond:
        raise NotForThisModel(f"{model.id} knows no {beyond[0]}. Leave it out, or choose another model.")
    for message in asked.messages:
        if message.role == "tool" or message.tool_calls or not _is_text(message.content):
            raise NotForThisModel(f"{model.id} reads plain text only. Choose another model.")


def _check_pictures(asked: ChatIn, model: Model) -> None:
    found = (part for message in asked.messages for part in message.pictures)
    if not model.remote_pictures and any(part.image_url.is_remote for part in found):
        raise NotForThisModel(
            f"{model.id} fetches no pictures. Send the picture itself: data:image/png;base64,…"
        )


def body(asked: ChatIn, model: Model, tokens: int) -> dict[str, Any]:
    """For this model, with at most so many tokens of answer."""
    told = asked.model_dump(include=PASSED_ON, exclude_none=True)
    name = model.upstream.model if model.upstream else model.id
    return told | {
        "model": name,
        "messages": [_message(message, model) for message in asked.messages],
        "max_tokens": tokens,
        **({"stream_options": {"include_usage": True}} if asked.stream else {}),
    }


def _message(message: Message, model: Model) -> dict[str, Any]:
    if model.upstream is not None:
        return message.model_dump(exclude_none=True)
    role = "system" if message.role == "developer" else message.role
    return {"role": role, "content": _text(message.content)}


def _is_text(content: str | list[Part] | None) -> bool:
    return isinstance(content, str) or (
        content is not None and all(isinstance(part, TextPart) for part in content)
    )


def _text(content: str | list[Part] | None) -> str:
    if isinstance(content, list):
        return "\n".join(part.text for part in content if isinstance(part, TextPart))
    return content or ""

"""/api/ai/trial/chat: what a visitor may try. The bundled model answers, shortly, within a budget of the address."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from ai.chat import asking
from ai.chat.answer import streamed
from ai.chat.schemas import ChatIn, ChatOut, Message
from ai.models.catalog import CHAT
from ai.parts import parts
from servicekit import current_identity

LONGEST = 128  # tokens of an answer

blueprint = APIBlueprint("trial_chat", __name__, tag="Trial")


class Line(BaseModel):
    """One thing that was said."""

    model_config = ConfigDict(extra="forbid")

    role: str = Field(pattern="^(user|assistant)$")
    content: str = Field(min_length=1, max_length=500)


class TrialIn(BaseModel):
    """A few lines of a conversation, the last of them the question."""

    model_config = ConfigDict(extra="forbid")

    messages: list[Line] = Field(min_length=1, max_length=5)
    stream: bool = False


@blueprint.post("")
@blueprint.input(TrialIn, arg_name="tried")
@blueprint.output(ChatOut, description="The answer; with `stream`, server-sent events of its pieces")
@blueprint.doc(operation_id="tryChat")
def try_chat(tried: TrialIn) -> Response | tuple[dict[str, Any], int, dict[str, str]]:
    """Try a short chat."""
    messages = [Message.model_validate(line.model_dump()) for line in tried.messages]
    asked = ChatIn(model=CHAT.id, messages=messages, stream=tried.stream, max_tokens=LONGEST)
    if tried.stream:
        return streamed(*asking.stream(parts(), current_identity(), asked, CHAT))
    told, left = asking.whole(parts(), current_identity(), asked, CHAT)
    return told, 200, {"X-Budget-Remaining": str(left)}

"""/api/ai/v1/chat/completions"""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from ai.chat import asking
from ai.chat.answer import streamed
from ai.chat.schemas import ChatIn, ChatOut
from ai.parts import parts
from servicekit import current_identity, require

blueprint = APIBlueprint("chat", __name__, tag="Chat")


@blueprint.post("")
@require("ai:use")
@blueprint.input(ChatIn, arg_name="asked")
@blueprint.output(ChatOut, description="The answer; with `stream`, server-sent events of its pieces")
@blueprint.doc(operation_id="createChatCompletion")
def create(asked: ChatIn) -> Response | tuple[dict[str, Any], int, dict[str, str]]:
    """Continue a conversation."""
    if asked.stream:
        return streamed(*asking.stream(parts(), current_identity(), asked))
    told, left = asking.whole(parts(), current_identity(), asked)
    return told, 200, {"X-Budget-Remaining": str(left)}

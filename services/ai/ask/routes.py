"""The API of questions to one's documents."""

from functools import partial
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from ai.ask import asking, passages, streaming
from ai.ask.schemas import AskIn, AskOut
from ai.chat.answer import STREAM
from ai.parts import parts
from servicekit import current_identity, require

blueprint = APIBlueprint("ask", __name__, tag="Ask")

Answered = Response | tuple[dict[str, Any], int, dict[str, str]]


@blueprint.post("/ask")
@require("ai:use", "documents:read")
@blueprint.input(AskIn, arg_name="given")
@blueprint.output(AskOut, description="The answer; with `stream`, server-sent events")
@blueprint.doc(operation_id="askDocuments")
def ask_documents(given: AskIn) -> Answered:
    """Ask one's own documents

    A model answers from passages of them, and each sentence is shown with the passages that it rests on. Where nothing
    is found, no model is asked.
    """
    here, identity = parts(), current_identity()
    here.pace.step(identity.subject)
    asked = asking.found_for(here, identity, given.question)
    if not given.stream:
        told, left = asking.whole(here, identity, asked, given.model)
        return told, 200, {} if left is None else {"X-Budget-Remaining": str(left)}
    return _streamed(asked, given.model)


def _streamed(asked: asking.Asked, model: str | None) -> Response:
    here, identity = parts(), current_identity()
    headers = {"Cache-Control": "no-cache"}
    if not asked.found:
        return Response(streaming.refused(), content_type=STREAM, headers=headers)
    stream, left = asking.streamed(here, identity, asked, model)
    cite = partial(asking.cited, here, identity, asked)
    headers["X-Budget-Remaining"] = str(left)
    return Response(
        streaming.Cited(stream, passages.told(asked.found), cite), content_type=STREAM, headers=headers
    )

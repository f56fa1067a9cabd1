"""The API of suggested tags."""

from typing import Any

from apiflask import APIBlueprint

from ai.database import database
from ai.parts import parts
from ai.tags import schemas, service
from ai.tags.suggesting import Asked
from servicekit import current_identity, require

blueprint = APIBlueprint("tags", __name__, tag="Tags")


@blueprint.post("/tags")
@require("ai:use", "documents:read")
@blueprint.input(schemas.TagsIn, arg_name="text")
@blueprint.output(schemas.SuggestionsOut, description="Tags, the best first")
@blueprint.doc(operation_id="suggestTags")
def suggest_tags(text: schemas.TagsIn) -> dict[str, Any]:
    """Suggest tags for a text

    Those of one's own that fit by meaning, and new ones from the text.
    """
    owner, model = current_identity().subject, parts().suggester
    parts().pace.step(owner)
    asked = Asked(owner, owner, text.title, text.body, tuple(text.tags), text.document_id)
    with database().read() as session:
        items = model.suggest(session, asked, text.limit)
    with database().write() as session:
        kept = service.keep(session, owner, text.document_id, model.name, items)
    return {"id": kept, "model": model.name, "items": items}


@blueprint.post("/tags/<suggestion_id>/choice")
@require("ai:use")
@blueprint.input(schemas.ChoiceIn, arg_name="choice")
@blueprint.output({}, status_code=204, description="It is kept")
@blueprint.doc(operation_id="chooseTags")
def choose_tags(suggestion_id: str, choice: schemas.ChoiceIn) -> tuple[str, int]:
    """Tell which tags were chosen

    Once for each suggestion. What is told improves later suggestions.
    """
    owner = current_identity().subject
    with database().write() as session:
        service.choose(session, owner, suggestion_id, choice.document_id, choice.tags)
    return "", 204

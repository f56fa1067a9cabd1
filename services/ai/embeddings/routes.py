"""/api/ai/v1/embeddings"""

from typing import Any

from apiflask import APIBlueprint

from ai.embeddings import asking
from ai.embeddings.schemas import EmbeddingsIn, EmbeddingsOut
from ai.parts import parts
from servicekit import current_identity, require

blueprint = APIBlueprint("embeddings", __name__, tag="Embeddings")


@blueprint.post("")
@require("ai:use")
@blueprint.input(EmbeddingsIn, arg_name="asked")
@blueprint.output(EmbeddingsOut, description="The vectors")
@blueprint.doc(operation_id="createEmbeddings")
def create(asked: EmbeddingsIn) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Turn texts into vectors."""
    told, left = asking.embed(parts(), current_identity(), asked)
    return told, 200, {"X-Budget-Remaining": str(left)}

"""/api/ai/v1/models"""

from apiflask import APIBlueprint

from ai.models.catalog import Model
from ai.models.schemas import ModelOut, ModelsOut
from ai.parts import parts
from servicekit import current_identity, require

blueprint = APIBlueprint("models", __name__, tag="Models")


@blueprint.get("")
@require("ai:use")
@blueprint.output(ModelsOut)
@blueprint.doc(summary="List the models", operation_id="listModels")
def list_models() -> ModelsOut:
    return ModelsOut(data=[_out(model) for model in parts().catalog.of(current_identity())])


def _out(model: Model) -> ModelOut:
    return ModelOut(id=model.id, created=model.since, owned_by=model.owner, kind=model.kind)

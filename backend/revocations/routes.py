"""GET /internal/revocations: what a process that holds streams asks each second."""

from typing import Any

from apiflask import APIBlueprint

from backend.context import backend
from backend.revocations import service as revocations
from backend.revocations.schemas import Revocations, Since
from servicekit.ids import now

blueprint = APIBlueprint("revocations", __name__, enable_openapi=False)


@blueprint.get("/revocations")
@blueprint.input(Since, location="query", arg_name="asked")
@blueprint.output(Revocations)
def list_revocations(asked: Since) -> dict[str, Any]:
    """What was revoked since then; ids and reasons only."""
    moment = now()
    with backend().database.read() as tx:
        return {"now": moment, "items": revocations.since(tx, asked.since)}

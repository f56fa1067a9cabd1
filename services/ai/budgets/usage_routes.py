"""/api/ai/usage"""

from typing import Any

from apiflask import APIBlueprint

from ai.budgets import account, reading
from ai.budgets.schemas import UsageOut, UsePage, UseQuery
from ai.parts import parts
from servicekit import current_identity, require
from servicekit.ids import now

blueprint = APIBlueprint("usage", __name__, tag="Usage")


@blueprint.get("")
@require("ai:use")
@blueprint.output(UsageOut, description="Both budgets, and what was used")
@blueprint.doc(operation_id="readUsage")
def read() -> dict[str, Any]:
    """See one's own budgets, and what one has used."""
    allowed = account.allowance_of(parts(), current_identity())
    with parts().database.read() as tx:
        return reading.own(tx, allowed, now())


@blueprint.get("/everybody")
@require("ai:manage")
@blueprint.input(UseQuery, location="query", arg_name="query")
@blueprint.output(UsePage, description="A page of what was used")
@blueprint.doc(operation_id="readEverybodysUsage")
def everybody(query: UseQuery) -> dict[str, Any]:
    """See what everybody has used, by person, model and day."""
    with parts().database.read() as tx:
        return reading.everybodys(tx, query, now())

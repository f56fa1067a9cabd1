"""/api/ai/budgets"""

from typing import Any

from apiflask import APIBlueprint

from ai.budgets import change, setting
from ai.budgets.models import Budget
from ai.budgets.schemas import BudgetIn, BudgetOut, BudgetsOut
from ai.parts import parts
from servicekit import require

blueprint = APIBlueprint("budgets", __name__, tag="Budgets")


@blueprint.get("")
@require("ai:manage")
@blueprint.output(BudgetsOut, description="All that was set")
@blueprint.doc(operation_id="listBudgets")
def read() -> dict[str, Any]:
    """See the budgets that were set."""
    with parts().database.read() as tx:
        items = setting.listed(tx)
    settings = parts().settings
    return {"items": items, "default": {"day": settings.ai_budget_day, "month": settings.ai_budget_month}}


@blueprint.put("/<scope>/<name>")
@require("ai:manage")
@blueprint.input(BudgetIn, arg_name="budget")
@blueprint.output(BudgetOut, description="It holds from now on")
@blueprint.doc(operation_id="setBudget")
def put(scope: str, name: str, budget: BudgetIn) -> Budget:
    """Set a budget for everyone, for a role or for a person."""
    setting.check(scope, name)
    told = change.begin(scope, name)
    with parts().database.write() as tx:
        return setting.put(tx, told, budget.day, budget.month)


@blueprint.delete("/<scope>/<name>")
@require("ai:manage")
@blueprint.doc(operation_id="removeBudget", responses={204: "What holds otherwise holds again"})
def remove(scope: str, name: str) -> tuple[str, int]:
    """Remove a budget that was set."""
    setting.check(scope, name)
    told = change.begin(scope, name)
    with parts().database.write() as tx:
        setting.remove(tx, told)
    return "", 204

"""What happened to one's own account."""

from typing import Any

from apiflask import APIBlueprint

from backend.audit import service as audit
from backend.audit.schemas import History, HistoryQuery
from backend.context import backend
from backend.sessions.fresh import in_the_browser

blueprint = APIBlueprint("history", __name__, tag="History")


@blueprint.get("")
@blueprint.input(HistoryQuery, location="query", arg_name="query")
@blueprint.output(History, description="A page of the history")
@blueprint.doc(operation_id="listHistory")
def list_history(query: HistoryQuery) -> dict[str, Any]:
    """What happened to your account, the newest first"""
    with backend().database.read() as tx:
        me = in_the_browser(tx).user_id
        found = audit.about(tx, me, query.cursor, query.limit + 1)
    page = found[: query.limit]
    items = [vars(entry) | {"by_me": entry.actor == me} for entry in page]
    return {"items": items, "next": page[-1].id if len(found) > query.limit else None}

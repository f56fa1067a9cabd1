"""/api/ai/usage"""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, stream_with_context

from ai.budgets import account, export, reading, totals
from ai.budgets.schemas import (
    AllowanceOut,
    OverviewOut,
    PeoplePage,
    PeopleQuery,
    SpanQuery,
    UsageOut,
    UsePage,
    UseQuery,
)
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


@blueprint.get("/overview")
@require("ai:manage")
@blueprint.input(SpanQuery, location="query", arg_name="query")
@blueprint.output(OverviewOut, description="The overview")
@blueprint.doc(operation_id="getUsageOverview")
def overview(query: SpanQuery) -> dict[str, Any]:
    """See what was used by day and by model."""
    with parts().database.read() as tx:
        return totals.overview(tx, query.days, query.person, now())


@blueprint.get("/people")
@require("ai:manage")
@blueprint.input(PeopleQuery, location="query", arg_name="query")
@blueprint.output(PeoplePage, description="A page of people, the largest users first")
@blueprint.doc(operation_id="listUsers")
def people(query: PeopleQuery) -> dict[str, Any]:
    """See who used most."""
    with parts().database.read() as tx:
        return totals.people(tx, query.days, query.person, query.limit, query.cursor, now())


@blueprint.get("/people/<person>")
@require("ai:manage")
@blueprint.output(AllowanceOut, description="Both budgets of this person")
@blueprint.doc(operation_id="readUsersBudgets")
def person(person: str) -> dict[str, Any]:
    """See somebody's budgets, and for whom they were set."""
    amounts, allowed = account.allowance_of_person(parts(), person)
    with parts().database.read() as tx:
        return {**reading.both(tx, allowed, now()), "scope": amounts.scope}


@blueprint.get("/export")
@require("ai:manage")
@blueprint.input(SpanQuery, location="query", arg_name="query")
@blueprint.doc(operation_id="exportUsage", responses={200: "Person, model and day as CSV (RFC 4180)"})
def export_usage(query: SpanQuery) -> Response:
    """The same as a file for spreadsheets."""
    lines = stream_with_context(export.lines(parts().database, query, now()))
    headers = {"Content-Disposition": 'attachment; filename="ai-use.csv"'}
    return Response(lines, content_type="text/csv; charset=utf-8", headers=headers)

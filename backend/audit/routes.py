"""The audit: one's own part of it, and all of it for who holds `audit:read`."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, stream_with_context

from backend.audit import reading
from backend.audit import service as audit
from backend.audit.schemas import (
    AuditFilter,
    AuditPage,
    AuditQuery,
    History,
    HistoryQuery,
    Overview,
    OverviewQuery,
)
from backend.context import backend, origin
from backend.paging import page_of
from backend.sessions.fresh import in_the_browser
from servicekit.guards import require
from servicekit.identity import current_identity

blueprint = APIBlueprint("history", __name__, tag="History")
everything = APIBlueprint("audit", __name__, tag="Audit")


@blueprint.get("")
@blueprint.input(HistoryQuery, location="query", arg_name="query")
@blueprint.output(History, description="A page of the history")
@blueprint.doc(operation_id="listHistory")
def list_history(query: HistoryQuery) -> dict[str, Any]:
    """What happened to your account, the newest first"""
    with backend().database.read() as tx:
        me = in_the_browser(tx).user_id
        found = audit.search(tx, audit.Wanted(person=me), query.cursor, query.limit + 1)
    page, following = page_of(found, query.limit)
    return {"items": [reading.as_history(entry, me) for entry in page], "next": following}


@everything.get("")
@require("audit:read")
@everything.input(AuditQuery, location="query", arg_name="query")
@everything.output(AuditPage, description="A page of the audit")
@everything.doc(operation_id="searchAudit")
def search_audit(query: AuditQuery) -> dict[str, Any]:
    """Search the audit, the newest first"""
    with backend().database.read() as tx:
        found = audit.search(tx, _wanted(query), query.cursor, query.limit + 1)
        page, following = page_of(found, query.limit)
        return {"items": reading.with_names(tx, page), "next": following}


@everything.get("/export")
@require("audit:read")
@everything.input(AuditFilter, location="query", arg_name="query")
@everything.doc(operation_id="exportAudit", responses={200: "The entries as CSV (RFC 4180)"})
def export_audit(query: AuditFilter) -> Response:
    """The same as a file for spreadsheets; that it was taken is in the audit, too"""
    parts, me = backend(), current_identity().subject
    with parts.database.write() as tx:
        audit.record(tx, audit.AUDIT_EXPORTED, origin(), actor=me)
    lines = stream_with_context(reading.as_csv(parts.database, _wanted(query)))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(lines, content_type="text/csv; charset=utf-8", headers=headers)


@everything.get("/overview")
@require("audit:read")
@everything.input(OverviewQuery, location="query", arg_name="query")
@everything.output(Overview, description="The overview")
@everything.doc(operation_id="getOverview")
def get_overview(query: OverviewQuery) -> dict[str, Any]:
    """People and sign-ins at a glance"""
    with backend().database.read() as tx:
        return reading.overview(tx, query.days)


def _wanted(query: AuditFilter) -> audit.Wanted:
    return audit.Wanted(**{name: getattr(query, name) for name in AuditFilter.model_fields})

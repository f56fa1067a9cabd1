"""The API of documents."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from documents.database import database
from documents.library import listing, schemas, service
from documents.library.cursors import Position, cursor_after, cursor_at
from documents.library.models import Document
from documents.library.versions import etag, expected_versions, is_known
from servicekit import current_identity, require
from servicekit.problems import PreconditionRequired

blueprint = APIBlueprint("library", __name__, tag="Documents")
Answer = tuple[Document, int, dict[str, str]]
NEW: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    201: {
        "description": "It is new",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Document"}}},
    }
}


@blueprint.get("")
@require("documents:read")
@blueprint.input(schemas.ListQuery, location="query", arg_name="query")
@blueprint.output(schemas.DocumentPage, description="A page of documents")
@blueprint.doc(operation_id="listDocuments")
def list_documents(query: schemas.ListQuery) -> dict[str, Any]:
    """List your documents, the last changed first"""
    with database().read() as session:
        found = listing.newest(session, _owner(), query.limit + 1, query.cursor, query.tag)
    page = found[: query.limit]
    last = page[-1].document if len(found) > query.limit else None
    following = cursor_at(Position(last.updated_at, last.id)) if last else None
    return {"items": [listed.summary() for listed in page], "next": following}


@blueprint.get("/search")
@require("documents:read")
@blueprint.input(schemas.SearchQuery, location="query", arg_name="query")
@blueprint.output(schemas.SearchPage, description="A page of documents that were found")
@blueprint.doc(operation_id="searchDocuments")
def search_documents(query: schemas.SearchQuery) -> dict[str, Any]:
    """Search your documents, the best match first

    Titles, tags and texts are searched. Case and accents make no difference.
    """
    seen = query.cursor or 0
    with database().read() as session:
        found = listing.found(session, _owner(), query.q, query.limit + 1, seen)
    following = cursor_after(seen + query.limit) if len(found) > query.limit else None
    return {"items": [listed.hit(query.q) for listed in found[: query.limit]], "next": following}


@blueprint.post("")
@require("documents:write")
@blueprint.input(schemas.DocumentDraft, arg_name="draft")
@blueprint.output(
    schemas.Document, status_code=201, description="The new document", headers=schemas.CreatedHeaders
)
@blueprint.doc(operation_id="createDocument")
def create_document(draft: schemas.DocumentDraft) -> Answer:
    """Save a new document"""
    words = service.words_of(draft)
    with database().write() as session:
        document = service.create(session, _owner(), draft, words)
    headers = {"ETag": etag(document.version), "Location": f"/api/documents/{document.id}"}
    return document, 201, headers


@blueprint.get("/<document_id>")
@require("documents:read")
@blueprint.input(schemas.ReadConditions, location="headers", arg_name="conditions")
@blueprint.output(schemas.Document, description="The document", headers=schemas.VersionHeader)
@blueprint.doc(operation_id="readDocument", responses={304: "You have this version already"})
def read_document(document_id: str, conditions: schemas.ReadConditions) -> Answer | Response:
    """Read a document"""
    with database().read() as session:
        document = service.read(session, _owner(), document_id)
    headers = {"ETag": etag(document.version)}
    if is_known(document.version, conditions.if_none_match):
        return Response(status=304, headers=headers)
    return document, 200, headers


@blueprint.put("/<document_id>")
@require("documents:write")
@blueprint.input(schemas.DocumentDraft, arg_name="draft")
@blueprint.input(schemas.WriteConditions, location="headers", arg_name="conditions")
@blueprint.output(schemas.Document, description="The saved document", headers=schemas.VersionHeader)
@blueprint.doc(operation_id="replaceDocument", responses=NEW)
def replace_document(
    document_id: str, draft: schemas.DocumentDraft, conditions: schemas.WriteConditions
) -> Answer:
    """Replace a document

    `If-Match` names the version that you have read: without it 428, and 412 if somebody saved meanwhile. With
    `If-None-Match: *` instead the document is new, under an id of your own making (a UUIDv7), and 412 if it is there
    already: sent twice, it is saved once.
    """
    words = service.words_of(draft)
    if conditions.is_for_new_one:
        with database().write() as session:
            document = service.create_as(session, _owner(), document_id, draft, words)
        return document, 201, {"ETag": etag(document.version), "Location": f"/api/documents/{document.id}"}
    if conditions.if_match is None:
        raise PreconditionRequired
    expected = expected_versions(conditions.if_match)
    with database().write() as session:
        document = service.replace(session, _owner(), document_id, draft, words, expected)
    return document, 200, {"ETag": etag(document.version)}


@blueprint.delete("/<document_id>")
@require("documents:write")
@blueprint.input(schemas.Conditions, location="headers", arg_name="conditions")
@blueprint.doc(operation_id="deleteDocument", responses={204: "It is gone"})
def delete_document(document_id: str, conditions: schemas.Conditions) -> tuple[str, int]:
    """Delete a document

    With `If-Match`, only if nobody saved another version meanwhile (else 412).
    """
    expected = expected_versions(conditions.if_match) if conditions.if_match is not None else None
    with database().write() as session:
        service.remove(session, _owner(), document_id, expected)
    return "", 204


def _owner() -> str:
    return current_identity().subject

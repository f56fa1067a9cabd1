"""Inside only, for services that come as themselves: what there is to index, and the text of one document."""

from typing import Any

from apiflask import APIBlueprint

from documents.database import database
from documents.indexing import schemas, service
from documents.library.models import Document
from servicekit import require

INDEX = "documents:index"
"""In [platform] of contracts/policy.toml: no person has it."""
blueprint = APIBlueprint("indexing", __name__, enable_openapi=False)


@blueprint.get("")
@require(INDEX)
@blueprint.input(schemas.Asked, location="query", arg_name="asked")
@blueprint.output(schemas.Mentions)
def list_mentions(asked: schemas.Asked) -> dict[str, Any]:
    """Which documents there are."""
    with database().read() as session:
        found = service.mentions(session, asked.owner, asked.after, asked.limit + 1)
    page = found[: asked.limit]
    return {"items": page, "next": page[-1].id if len(found) > asked.limit else None}


@blueprint.get("/<document_id>")
@require(INDEX)
@blueprint.output(schemas.WholeDocument)
def read_whole(document_id: str) -> Document:
    """A document with all that there is to index of it."""
    with database().read() as session:
        return service.whole(session, document_id)

"""The API of samples: read only."""

from typing import Any

from apiflask import APIBlueprint

from documents.database import database
from documents.library import listing, service
from documents.library.models import Document
from documents.samples import schemas
from documents.samples.service import OWNER

blueprint = APIBlueprint("samples", __name__, tag="Samples")
MOST = 50


@blueprint.get("")
@blueprint.output(schemas.SamplePage, description="All samples")
@blueprint.doc(operation_id="listSamples")
def list_samples() -> dict[str, Any]:
    """List the samples that anyone may read"""
    with database().read() as session:
        found = listing.newest(session, OWNER, MOST)
    return {"items": [listed.summary() for listed in found], "next": None}


@blueprint.get("/search")
@blueprint.input(schemas.SampleQuery, location="query", arg_name="query")
@blueprint.output(schemas.SampleHits, description="The samples that were found")
@blueprint.doc(operation_id="searchSamples")
def search_samples(query: schemas.SampleQuery) -> dict[str, Any]:
    """Search the samples, the best match first

    The same search that people use on their own documents.
    """
    with database().read() as session:
        found = listing.found(session, OWNER, query.q, MOST)
    return {"items": [listed.hit(query.q) for listed in found], "next": None}


@blueprint.get("/<document_id>")
@blueprint.output(schemas.Sample, description="The sample")
@blueprint.doc(operation_id="readSample")
def read_sample(document_id: str) -> Document:
    """Read a sample"""
    with database().read() as session:
        return service.read(session, OWNER, document_id)

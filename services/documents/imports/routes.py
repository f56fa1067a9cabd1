"""The API of imports: it takes the archive, and a job does the rest."""

from typing import Any

from apiflask import APIBlueprint
from flask import request

from documents.database import database
from documents.imports import schemas
from documents.imports.archive import MOST_BYTES
from documents.imports.work import IMPORT
from servicekit import jobs, require
from servicekit.jobs.content import pieces_of
from servicekit.jobs.schemas import Job, SubmittedHeaders
from servicekit.openapi import raw_body
from servicekit.problems import InvalidFields, UnsupportedMediaType

blueprint = APIBlueprint("imports", __name__, tag="Imports")
ZIP = "application/zip"
BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")  # of an archive, and of an empty one


@blueprint.post("")
@require("documents:write")
@raw_body(ZIP, "A ZIP archive of up to 16 MB with up to 2,000 Markdown files in it")
@blueprint.input(schemas.ImportQuery, location="query", arg_name="query")
@blueprint.output(Job, status_code=202, description="The job that imports it", headers=SubmittedHeaders)
@blueprint.doc(operation_id="importDocuments")
def import_documents(query: schemas.ImportQuery) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Import a ZIP archive of Markdown files

    Each becomes a new document. Its title and tags are those of its front matter, else the title is its first heading,
    or the file's name. The job's report says what became of each file.
    """
    if request.mimetype != ZIP:
        raise UnsupportedMediaType(f"Send the archive itself, with the header Content-Type: {ZIP}.")
    request.max_content_length = MOST_BYTES
    pieces = pieces_of(request.stream, MOST_BYTES)
    if not pieces or not pieces[0].startswith(BEGINNINGS):
        raise InvalidFields("This is not a ZIP archive. Choose a file that ends in .zip.")
    return jobs.begin("documents", database(), IMPORT.name, pieces, file=query.name)

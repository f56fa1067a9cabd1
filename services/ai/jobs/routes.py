"""The API by which jobs begin; to list, see and cancel them is the same in every service (servicekit.jobs)."""

from typing import Any

from apiflask import APIBlueprint

from ai.database import database
from ai.jobs import schemas, service
from ai.parts import parts
from servicekit import current_identity, jobs, require
from servicekit.jobs.schemas import Job, SubmittedHeaders

blueprint = APIBlueprint("new_jobs", __name__, tag="Long work")


@blueprint.post("")
@require("ai:use", "documents:read")
@blueprint.input(schemas.JobIn, arg_name="asked")
@blueprint.output(Job, status_code=202, description="The job that does it", headers=SubmittedHeaders)
@blueprint.doc(operation_id="createJob")
def create_job(asked: schemas.JobIn) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Begin long work with your documents

    What it makes, a summary or a translation, is a new document of yours; its id is the `result` in the job's report.
    All but `index` need `documents:write`, too.
    """
    wish = service.wish(parts(), current_identity(), asked)
    return jobs.begin("ai", database(), asked.kind, wish.pieces, **wish.params)

"""One's own data, to take along."""

from apiflask import APIBlueprint
from flask import Response

from backend.audit import service as audit
from backend.context import backend, origin
from backend.export.service import Export, closing_on_failure
from backend.sessions.fresh import in_the_browser
from servicekit.ids import now

blueprint = APIBlueprint("export", __name__, tag="Export of one's data")


@blueprint.get("")
@blueprint.doc(
    operation_id="exportAccount",
    responses={200: "The archive (application/zip)"},
)
def export_account() -> Response:
    """Everything that the platform keeps of you, as a ZIP

    From every service: JSON, and each document as Markdown. It is sent while it is made. If a service does not answer,
    503; if one breaks off later, `MISSING.txt` in the archive says so.
    """
    parts, day = backend(), now().date().isoformat()
    with parts.database.read() as tx:
        me = in_the_browser(tx).user_id
    with closing_on_failure(Export(parts, me)) as export, parts.database.write() as tx:
        audit.record(tx, audit.ACCOUNT_EXPORTED, origin(), actor=me, target=me)
    answer = Response(export.pieces(day), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="zaguan-{day}.zip"'
    answer.call_on_close(export.close)
    return answer

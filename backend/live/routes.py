"""GET /api/account/events: what changes for a person, as it happens. Served by the command `streams` alone."""

from apiflask import APIBlueprint
from flask import Response

from backend.context import backend
from backend.live.schemas import Header, Query, number
from servicekit.identity import current_identity

blueprint = APIBlueprint("live", __name__, tag="Live updates")


@blueprint.get("")
@blueprint.input(Header, location="headers", arg_name="header")
@blueprint.input(Query, location="query", arg_name="query")
@blueprint.doc(operation_id="followEvents", responses={200: "The stream (text/event-stream)"})
def follow_events(header: Header, query: Query) -> Response:
    """What changes for you, as it happens

    Server-sent events until you sign out: `documents`, `job` and `session` say what is another now, by ids and never
    contents; `budget`: most of a budget of the AI APIs is used; `reset`: more was missed than is known, so fetch all
    anew; `end` says why it is over.
    """
    last = number(header.last_event_id or query.last_event_id)
    stream = backend().live.open(current_identity(), last, query.recent)
    return Response(stream, content_type="text/event-stream; charset=utf-8")

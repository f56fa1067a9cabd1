"""Where a person is signed in."""

from typing import Any

from apiflask import APIBlueprint

from backend.audit import service as audit
from backend.context import backend, origin
from backend.programs import service as programs
from backend.sessions import service as sessions
from backend.sessions.fresh import in_the_browser
from backend.sessions.schemas import SessionList
from servicekit.problems import NotFound

blueprint = APIBlueprint("sessions", __name__, tag="Devices")
Nothing = tuple[str, int]


@blueprint.get("")
@blueprint.output(SessionList, description="The devices")
@blueprint.doc(operation_id="listSessions")
def list_sessions() -> dict[str, Any]:
    """Where you are signed in, the last used first"""
    with backend().database.read() as tx:
        here = in_the_browser(tx)
        living = sessions.of(tx, here.user_id, backend().lifetimes)
        return {"items": [vars(session) | {"current": session.id == here.id} for session in living]}


@blueprint.delete("/<session_id>")
@blueprint.doc(operation_id="endSession", responses={204: "It is signed out"})
def end_session(session_id: str) -> Nothing:
    """Sign one device out

    It takes effect at every service within two seconds.
    """
    with backend().database.write() as tx:
        me = in_the_browser(tx).user_id
        ended = sessions.end_one(tx, me, session_id)
        if ended is None:
            raise NotFound
        told = {"session": session_id, "user_agent": ended.user_agent}
        audit.record(tx, audit.SESSION_ENDED, origin(), actor=me, target=me, **told)
    return "", 204


@blueprint.delete("")
@blueprint.doc(operation_id="endAllSessions", responses={204: "All are signed out"})
def end_all_sessions() -> Nothing:
    """Sign out everywhere, here too

    It takes effect at every service within two seconds, for programs that you have signed in, too. Access tokens
    live on.
    """
    with backend().database.write() as tx:
        me = in_the_browser(tx).user_id
        sessions.end_all(tx, me)
        programs.end_all(tx, me)
        audit.record(tx, audit.SIGNED_OUT_EVERYWHERE, origin(), actor=me, target=me)
    return "", 204

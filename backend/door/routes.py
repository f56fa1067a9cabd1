"""/internal/authorize: what the gateway asks first. 200, 401 or 403, nothing else."""

import hashlib

from apiflask import APIBlueprint
from flask import Response, request

from backend.context import backend
from backend.door import service as door
from backend.sessions import service as sessions
from servicekit.problems import BadRequest, Forbidden, Unauthenticated

SESSION_COOKIE = "__Host-session"
blueprint = APIBlueprint("door", __name__, enable_openapi=False)


@blueprint.get("/authorize")
def authorize() -> Response:
    """X-Audience, X-Visitors, X-Client-Address and a credential in, X-Identity-Token out."""
    audience = request.headers.get("X-Audience")
    if not audience:
        raise BadRequest("The gateway names the audience in X-Audience.")
    subject = _who(audience)
    parts = backend()
    token = door.identity_token(
        subject, audience, parts.settings.token_issuer, parts.keys.signing(), parts.policy
    )
    return Response(status=200, headers={"X-Identity-Token": token})


def _who(audience: str) -> door.Subject:
    if "Authorization" in request.headers:
        raise Unauthenticated  # counts even beside a good cookie; no such credential is issued yet
    found, visitors = _session(), request.headers.get("X-Visitors") == "yes"
    if found is None:
        return _visitor(allowed=visitors)
    if not door.admits(found.status, audience, visitors=visitors):
        raise Forbidden
    return door.of_session(found)


def _session() -> sessions.Found | None:
    """The living session of this request, marked as used."""
    token, parts = request.cookies.get(SESSION_COOKIE), backend()
    if not token:
        return None
    with parts.database.read() as tx:
        found = sessions.find(tx, token, parts.lifetimes)
    if found and found.stale:
        with parts.database.write() as tx:
            sessions.touch(tx, found.session_id)
    return found


def _visitor(*, allowed: bool) -> door.Subject:
    if not allowed:
        raise Unauthenticated
    salt = hashlib.sha256(f"visitor {backend().settings.master_keys()[0]}".encode()).digest()
    return door.of_visitor(request.headers.get("X-Client-Address", ""), salt)

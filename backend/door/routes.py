"""/internal/authorize: what the gateway asks first. 200, 401 or 403, nothing else."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.orm import Session as Transaction

from backend.context import backend
from backend.door import service as door
from backend.opaque import ACCESS_TOKEN, PROGRAM_ACCESS, kind_of
from backend.people.holders import Holder
from backend.people.models import DELETING
from backend.programs import service as programs
from backend.sessions import service as sessions
from backend.tokens import service as tokens
from servicekit.problems import BadRequest, Forbidden, Unauthenticated

SESSION_COOKIE = "__Host-session"
KEEPERS = {ACCESS_TOKEN: (tokens.find, tokens.touch), PROGRAM_ACCESS: (programs.find, programs.touch)}
"""What may be sent as `Authorization: Bearer`, and who knows it."""
blueprint = APIBlueprint("door", __name__, enable_openapi=False)


@blueprint.get("/authorize")
def authorize() -> Response:
    """X-Audience, X-Visitors, X-Client-Address and a credential in, X-Identity-Token and X-Person out."""
    audience = request.headers.get("X-Audience")
    if not audience:
        raise BadRequest("The gateway names the audience in X-Audience.")
    subject = _who(audience)
    parts = backend()
    token = door.identity_token(
        subject, audience, parts.settings.token_issuer, parts.keys.signing(), parts.policy
    )
    return Response(status=200, headers={"X-Identity-Token": token, "X-Person": subject.id})


def _who(audience: str) -> door.Subject:
    visitors = request.headers.get("X-Visitors") == "yes"
    if "Authorization" in request.headers:  # counts even beside a good cookie
        found = _bearer()
        if found is None:
            raise Unauthenticated
    else:
        found = _session()
        if found is None:
            return _visitor(allowed=visitors)
    if not door.admits(found.status, audience, visitors=visitors):
        raise Forbidden(headers={"X-Refusal": "account-deleting"} if found.status == DELETING else None)
    return door.of_holder(found)


def _session() -> Holder | None:
    """Who holds the living session of this request, marked as used."""
    token, parts = request.cookies.get(SESSION_COOKIE), backend()
    if not token:
        return None
    with parts.database.read() as tx:
        found = sessions.find(tx, token, parts.lifetimes)
    return _used(found, sessions.touch)


def _bearer() -> Holder | None:
    """Who holds the living access token of this request, marked as used (RFC 6750, section 2.1)."""
    scheme, _, text = request.headers["Authorization"].partition(" ")
    keeper = KEEPERS.get(kind_of(text) or "") if scheme.lower() == "bearer" else None
    if keeper is None:
        return None
    find, touch = keeper
    with backend().database.read() as tx:
        found = find(tx, text)
    return _used(found, touch)


def _used(found: Holder | None, touch: Callable[[Transaction, str], None]) -> Holder | None:
    if found and found.stale:
        with backend().database.write() as tx:
            touch(tx, found.credential_id)
    return found


def _visitor(*, allowed: bool) -> door.Subject:
    if not allowed:
        raise Unauthenticated
    return door.of_visitor(request.headers.get("X-Client-Address", ""), backend().visitor_salt.value())

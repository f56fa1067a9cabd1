"""POST /internal/google-token: a service gets an access token for the person whom it serves at this moment."""

from apiflask import APIBlueprint
from flask import Response, jsonify, request

from backend.context import Backend, backend, origin
from backend.google.refreshing import Wish, access_token
from backend.people.models import ACTIVE
from backend.service_clients.served import NotServed, served
from backend.service_clients.service import authenticate
from servicekit.problems import BadRequest, Forbidden, Unauthenticated

blueprint = APIBlueprint("google_tokens", __name__, enable_openapi=False)


@blueprint.post("/google-token")
def google_token() -> Response:
    """A form: the service's assertion, `subject_token` (the identity token that it received), `scope` (our names)."""
    parts, form = backend(), request.form
    if any(len(values) > 1 for _, values in form.lists()):
        raise BadRequest("A parameter was given twice.")
    service = authenticate(parts.database, parts.service_keys, parts.settings.token_issuer, form)
    user_id = _person(parts, service, form.get("subject_token", ""))
    allowed = parts.policy.google.services.get(service, frozenset())
    needed = _allowed_scopes(service, form.get("scope", ""), allowed)
    token = access_token(parts, Wish(service, user_id, needed, allowed, origin()))
    told = {"access_token": token.text, "token_type": "Bearer", "expires_in": token.seconds}
    answer = jsonify(told | {"scope": " ".join(token.scopes)})
    answer.headers["Cache-Control"] = "no-store"  # RFC 6749, section 5.1
    return answer


def _allowed_scopes(service: str, scope: str, allowed: frozenset[str]) -> frozenset[str]:
    needed = frozenset(scope.split())
    if not needed:
        raise BadRequest("Say in `scope` what the token is for.")
    if not needed <= allowed:
        told = ", ".join(sorted(needed - allowed))[:200]
        raise Forbidden(f"The service {service} may not ask for: {told}. See contracts/policy.toml.")
    return needed


def _person(parts: Backend, service: str, token: str) -> str:
    """Whom the service serves; nothing of Google is a visitor's."""
    try:
        holder = served(parts, service, token).holder
    except NotServed as refusal:
        raise Unauthenticated(refusal.told) from None
    if holder is None:
        raise Unauthenticated
    if holder.status != ACTIVE:
        raise Forbidden("The person waits for approval.")
    return holder.user_id

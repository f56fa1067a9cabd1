"""POST /internal/token: a service exchanges the identity token that it received for one for the next service."""

from typing import Any

import structlog
from apiflask import APIBlueprint
from flask import request

from backend.context import Backend, backend
from backend.exchange.schemas import GRANT, ExchangeAnswer, ExchangeRequest
from backend.exchange.service import Wish, exchange
from backend.oauth import NO_STORE, OAuthError, in_oauth_shape
from backend.service_clients.served import Ended, NotServed, Served, served
from backend.service_clients.service import authenticate
from servicekit.problems import Unauthenticated

log = structlog.get_logger()
blueprint = APIBlueprint("exchange", __name__, enable_openapi=False)
in_oauth_shape(blueprint)


@blueprint.post("/token")
@blueprint.input(ExchangeRequest, location="form", arg_name="asked")
@blueprint.output(ExchangeAnswer)
def exchange_token(asked: ExchangeRequest) -> tuple[dict[str, Any], int, dict[str, str]]:
    """The form of RFC 8693, section 2.1, with the service's assertion (RFC 7523)."""
    parts = backend()
    if asked.grant_type != GRANT:
        raise OAuthError("unsupported_grant_type", f"Possible is {GRANT}.")
    wish = Wish(_caller(parts), asked.audience, frozenset(asked.scope.split()) if asked.scope else None)
    who = _served(parts, wish.caller, asked.subject_token)
    given = exchange(parts.policy, wish, who, parts.settings.token_issuer, parts.keys.signing())
    log.info("token exchanged", actors=given.actors, audience=wish.audience, scope=given.scope)
    return {
        "access_token": given.text,
        "issued_token_type": asked.requested_token_type,
        "token_type": "Bearer",
        "expires_in": given.seconds,
        "scope": given.scope,
    }, 200, NO_STORE  # fmt: skip


def _caller(parts: Backend) -> str:
    try:
        return authenticate(parts.database, parts.service_keys, parts.settings.token_issuer, request.form)
    except Unauthenticated as refusal:
        raise OAuthError("invalid_client", refusal.detail, status=401) from None


def _served(parts: Backend, caller: str, token: str) -> Served:
    """RFC 8693, section 2.2.2, has `invalid_request` for a bad token; that its person is gone is another matter."""
    try:
        return served(parts, caller, token)
    except NotServed as refusal:
        error = "invalid_grant" if isinstance(refusal, Ended) else "invalid_request"
        raise OAuthError(error, refusal.told) from None

"""POST /internal/token: what a service needs to go on with, for the person whom it serves, or for nobody."""

from typing import Any

import structlog
from apiflask import APIBlueprint
from flask import request

from backend.context import Backend, backend, origin
from backend.exchange.messages import identity_for, message_token
from backend.exchange.own import own_identity
from backend.exchange.renewal import renewed
from backend.exchange.schemas import GRANT, MESSAGE, OWN_GRANT, TokenAnswer, TokenRequest
from backend.exchange.service import Given, Wish, exchange
from backend.oauth import NO_STORE, OAuthError, in_oauth_shape
from backend.service_clients.served import Ended, NotServed, Served, served
from backend.service_clients.service import authenticate
from servicekit.problems import Unauthenticated

log = structlog.get_logger()
blueprint = APIBlueprint("exchange", __name__, enable_openapi=False)
in_oauth_shape(blueprint)


@blueprint.post("/token")
@blueprint.input(TokenRequest, location="form", arg_name="asked")
@blueprint.output(TokenAnswer)
def give_token(asked: TokenRequest) -> tuple[dict[str, Any], int, dict[str, str]]:
    """The form of RFC 8693, section 2.1, or RFC 6749, section 4.4.2, with the service's assertion (RFC 7523)."""
    parts = backend()
    if asked.grant_type not in {GRANT, OWN_GRANT}:
        raise OAuthError("unsupported_grant_type", f"Possible are {GRANT} and {OWN_GRANT}.")
    wish = Wish(_caller(parts), asked.audience, frozenset(asked.scope.split()) if asked.scope else None)
    given = _given(parts, wish, asked)
    log.info(
        "token given", caller=wish.caller, actors=given.actors, audience=wish.audience, scope=given.scope
    )
    return {
        "access_token": given.text,
        "issued_token_type": asked.requested_token_type,
        "token_type": "N_A" if asked.requested_token_type == MESSAGE else "Bearer",
        "expires_in": given.seconds,
        "scope": given.scope,
    }, 200, NO_STORE  # fmt: skip


def _given(parts: Backend, wish: Wish, asked: TokenRequest) -> Given:
    """Which of the tokens it is that is asked for."""
    if asked.subject_token is None:
        return own_identity(parts, wish)
    if asked.actor_token is not None and asked.event_id is not None:
        admin = _served(parts, wish.caller, asked.actor_token)
        return renewed(parts, wish, asked.event_id, asked.subject_token, admin, origin())
    if asked.subject_token_type == MESSAGE:
        return identity_for(parts, wish, asked.subject_token)
    who = _served(parts, wish.caller, asked.subject_token)
    if asked.event_id is not None:
        return message_token(parts, wish, asked.event_id, who)
    return exchange(parts.policy, wish, who, parts.settings.token_issuer, parts.keys.signing())


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

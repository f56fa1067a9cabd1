"""What programs ask without being anybody yet. Refusals have OAuth's shape (RFC 6749, section 5.2)."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint
from flask import request

from backend.context import backend, origin
from backend.oauth import NO_STORE, OAuthError, OAuthRefusal, in_oauth_shape
from backend.programs import grants
from backend.programs import service as programs
from backend.programs.clients import CLIENTS, OWN_TOKENS, Client
from backend.programs.schemas import (
    DeviceAnswer,
    DeviceRequest,
    RevocationRequest,
    TokenAnswer,
    TokenRequest,
)

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
PAGE = "/app/device"
REFUSAL: dict[int, Any] = {
    400: {
        "description": "A refusal in OAuth's shape",
        "content": {"application/json": {"schema": OAuthRefusal.model_json_schema()}},
    }
}
WORDS = {
    grants.PENDING: "The person has not answered yet. Ask again.",
    grants.SLOW_DOWN: "Wait five seconds longer between two questions from now on.",
    grants.DENIED: "The person has refused.",
    grants.EXPIRED: "The code is too old. Begin again.",
    grants.INVALID: "This code or credential is not valid, or not any more. Sign in again.",
}

blueprint = APIBlueprint("oauth", __name__, tag="Signing programs in")
in_oauth_shape(blueprint)
Answer = tuple[dict[str, Any], int, dict[str, str]]


@blueprint.post("/device_authorization")
@blueprint.input(DeviceRequest, location="form", arg_name="asked")
@blueprint.output(DeviceAnswer, description="The codes")
@blueprint.doc(operation_id="authorizeDevice", responses=REFUSAL)
def authorize_device(asked: DeviceRequest) -> Answer:
    """Ask a person to sign this program in (RFC 8628)"""
    client = _client(asked.client_id)
    wanted = frozenset(asked.scope.split()) if asked.scope else client.usual
    if not wanted <= {*backend().policy.described, OWN_TOKENS}:
        raise OAuthError("invalid_scope", "There is no such permission.")
    with backend().database.write() as tx:
        codes = grants.ask(tx, client, wanted, request.user_agent.string, origin())
    page = f"{backend().settings.public_url}{PAGE}"
    return {
        "device_code": codes.device,
        "user_code": codes.user,
        "verification_uri": page,
        "verification_uri_complete": f"{page}?user_code={codes.user}",
        "expires_in": int(grants.LIFE.total_seconds()),
        "interval": grants.INTERVAL,
    }, 200, NO_STORE  # fmt: skip


@blueprint.post("/token")
@blueprint.input(TokenRequest, location="form", arg_name="asked")
@blueprint.output(TokenAnswer, description="The credentials")
@blueprint.doc(operation_id="getCredentials", responses=REFUSAL)
def get_credentials(asked: TokenRequest) -> Answer:
    """Get credentials once the person has approved, or new ones for a refresh credential"""
    client, grant = _client(asked.client_id), GRANTS.get(asked.grant_type)
    if grant is None:
        raise OAuthError("unsupported_grant_type", f"Possible are {' and '.join(GRANTS)}.")
    given = grant(client, asked)
    if isinstance(given, str):
        raise OAuthError(given, WORDS[given])
    return {
        "access_token": given.access,
        "token_type": "Bearer",
        "expires_in": int(given.life.total_seconds()),
        "refresh_token": given.refresh,
        "scope": " ".join(given.permissions),
    }, 200, NO_STORE  # fmt: skip


@blueprint.post("/revoke")
@blueprint.input(RevocationRequest, location="form", arg_name="asked")
@blueprint.doc(
    operation_id="revokeCredentials", responses=REFUSAL | {200: "It is not valid, or not any more"}
)
def revoke_credentials(asked: RevocationRequest) -> Answer:
    """Sign this program out (RFC 7009)

    Either of its credentials will do, and both end, within two seconds at every service.
    """
    client = _client(asked.client_id)
    with backend().database.write() as tx:
        programs.revoke(tx, client.id, asked.token, origin())
    return {}, 200, NO_STORE


def _by_device_code(client: Client, asked: TokenRequest) -> programs.Credentials | str:
    code = _needed("device_code", asked.device_code)
    with backend().database.write() as tx:
        return grants.redeem(tx, client, code, origin())


def _by_refresh(client: Client, asked: TokenRequest) -> programs.Credentials | str:
    text = _needed("refresh_token", asked.refresh_token)
    with backend().database.write() as tx:
        return programs.refresh(tx, client.id, text, origin()) or grants.INVALID


GRANTS: dict[str, Callable[[Client, TokenRequest], programs.Credentials | str]] = {
    DEVICE_CODE: _by_device_code,
    "refresh_token": _by_refresh,
}


def _client(client_id: str) -> Client:
    client = CLIENTS.get(client_id)
    if client is None:
        raise OAuthError("invalid_client", "This platform knows no program of this name.")
    return client


def _needed(name: str, value: str | None) -> str:
    if value is None:
        raise OAuthError("invalid_request", f"{name} is missing.")
    return value

"""Authlib's authorization server with this provider's rules: one client, PKCE for all, codes used once.

The names and arguments of the methods are Authlib's.
"""

import hmac
import time
from dataclasses import replace
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2 import OAuth2Error, ResourceProtector
from authlib.oauth2.rfc6749 import (
    ClientMixin,
    InvalidClientError,
    InvalidRequestError,
    JsonRequest,
    OAuth2Request,
    grants,
)
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from flask import Flask, Request
from flask import request as current_request
from joserfc.jwk import RSAKey

from demo_idp.accounts import RESOURCES, SCOPES, Account
from demo_idp.keys import ALGORITHM
from demo_idp.storage import ACCESS_TOKEN_LIFETIME, REFRESH_TOKEN_LIFETIME, Code, Storage, Token

CLIENT_ID = "zaguan-demo"
CLIENT_AUTHENTICATION = ["client_secret_basic", "client_secret_post"]


class Client(ClientMixin):
    """The one client: this platform."""

    def __init__(self, client_id: str, secret: str, redirect_uri: str) -> None:
        self.client_id = client_id
        self.secret = secret
        self.redirect_uri = redirect_uri

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        """What is asked for and known here; the rest is left out (RFC 6749, section 3.3)."""
        asked = (scope or "").split()
        return " ".join(known for known in (*SCOPES, *RESOURCES) if known in asked)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(client_secret.encode(), self.secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in CLIENT_AUTHENTICATION

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in {"authorization_code", "refresh_token"}


class Provider(AuthorizationServer):
    """The authorization server, with what its grants need at hand."""

    def __init__(
        self, app: Flask, issuer: str, client: Client, key: RSAKey, *, rotates: bool = False
    ) -> None:
        app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
        app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": ACCESS_TOKEN_LIFETIME}
        super().__init__(app, query_client=self._known_client, save_token=self._save_token)
        self.issuer = issuer
        self.client = client
        self.key = key
        self.rotates = rotates
        self.storage = Storage()
        self.register_grant(CodeGrant, [IdToken(issuer, key), ProofKey()])
        self.register_grant(RefreshGrant)
        self.register_endpoint(Revocation)

    def create_oauth2_request(self, request: Request | None) -> OAuth2Request:
        return DevelopmentRequest(current_request, self.issuer)

    def get_authorization_grant(self, request: OAuth2Request) -> Any:
        if request.payload.response_type != "code":  # Authlib fails on some that it cannot quote
            raise OAuth2Error(error="unsupported_response_type")
        return super().get_authorization_grant(request)

    def authenticate_client(self, *args: Any, **kwargs: Any) -> Client:
        try:
            client: Client = super().authenticate_client(*args, **kwargs)
        except ValueError:  # Authlib lets an undecodable Authorization header through
            raise InvalidClientError(status_code=401) from None
        return client

    def bearer(self, scope: str) -> Token:
        """The access token of the request at hand, if it is good for `scope`; else an OAuth2Error (RFC 6750)."""
        guard = ResourceProtector()
        guard.register_token_validator(AccessTokens(self.storage))
        asked = JsonRequest(current_request.method, current_request.url, current_request.headers)
        token: Token = guard.validate_request([scope], asked)
        return token

    def _known_client(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def _save_token(self, issued: dict[str, Any], request: OAuth2Request) -> None:
        family = request.refresh_token.family if request.refresh_token else request.authorization_code.value
        access = Token(
            value=issued["access_token"],
            account=request.user,
            client_id=request.client.client_id,
            scope=issued.get("scope", ""),
            family=family,
            expires_at=time.time() + ACCESS_TOKEN_LIFETIME,
        )
        self.storage.add_token(access)
        if "refresh_token" in issued:
            refresh = replace(access, value=issued["refresh_token"], refreshes=True)
            if request.refresh_token:  # the one in its place can do the same (RFC 6749, section 6)
                refresh = replace(refresh, scope=request.refresh_token.scope)
            self.storage.add_token(replace(refresh, expires_at=time.time() + REFRESH_TOKEN_LIFETIME))


class DevelopmentRequest(FlaskOAuth2Request):
    """Authlib insists on https; the way here is plain http, so the address is not looked at."""

    def __init__(self, request: Request, issuer: str) -> None:
        OAuth2Request.__init__(
            self, request.method, issuer.replace("http://", "https://", 1), headers=request.headers
        )
        self._request = request
        self.payload = FlaskOAuth2Payload(request)


class CodeGrant(grants.AuthorizationCodeGrant):
    """Codes are short-lived, used once, and bound to client, redirect URI and PKCE challenge."""

    TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_AUTHENTICATION

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        asked = request.payload.data
        offline = asked.get("access_type") == "offline" or "offline_access" in request.scope.split()
        incremental = asked.get("include_granted_scopes") == "true"
        self.server.storage.add_code(
            Code(
                value=code,
                account=request.user,
                client_id=request.client.client_id,
                redirect_uri=request.payload.redirect_uri,
                scope=self.server.storage.grant(request.user, _chosen(request), incremental=incremental),
                nonce=asked.get("nonce"),
                code_challenge=asked["code_challenge"],
                code_challenge_method=asked["code_challenge_method"],
                offline=offline,
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found: Code | None = self.server.storage.take_code(code, client.client_id)
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Nothing is left to delete: the code was taken when it was presented, rightly or wrongly."""

    def authenticate_user(self, authorization_code: Code) -> Account:
        return authorization_code.account

    def generate_token(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        kwargs["include_refresh_token"] = self.request.authorization_code.offline
        token: dict[str, Any] = super().generate_token(*args, **kwargs)
        return token


def _chosen(request: OAuth2Request) -> list[str]:
    """Of what was asked for, who the person is, and what they ticked on the page."""
    ticked = current_request.form.getlist("grant")
    return [scope for scope in request.scope.split() if scope not in RESOURCES or scope in ticked]


class RefreshGrant(grants.RefreshTokenGrant):
    """A refresh token stays the same until it is revoked, as Google's do; or each is good once, if it `rotates`."""

    TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_AUTHENTICATION

    def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
        token: Token | None = self.server.storage.find_token(refresh_token)
        return token if token and token.refreshes and not token.is_expired() else None

    def generate_token(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        kwargs["include_refresh_token"] = self.server.rotates
        token: dict[str, Any] = super().generate_token(*args, **kwargs)
        return token

    def authenticate_user(self, refresh_token: Token) -> Account:
        return refresh_token.account

    def revoke_old_credential(self, refresh_token: Token) -> None:
        if self.server.rotates:
            self.server.storage.use_up(refresh_token)


class Revocation(RevocationEndpoint):
    """RFC 7009: with one token goes its whole family."""

    CLIENT_AUTH_METHODS = CLIENT_AUTHENTICATION

    def query_token(self, token_string: str, token_type_hint: str | None) -> Token | None:
        token: Token | None = self.server.storage.find_token(token_string)
        return token

    def revoke_token(self, token: Token, request: OAuth2Request) -> None:
        self.server.storage.revoke(token)


class ProofKey(CodeChallenge):
    """PKCE with S256 from every client; Authlib's `required` asks it of public ones only."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        super().validate_code_challenge(grant, redirect_uri)
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE is required, with code_challenge_method=S256.")


class IdToken(OpenIDCode):
    """The id_token: RS256, with the key's id."""

    def __init__(self, issuer: str, key: RSAKey) -> None:
        super().__init__()
        self._issuer = issuer
        self._key = key

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False  # the client checks its nonce; going back and choosing again is no attack

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self._key

    def get_client_algorithm(self, client: Client) -> str:
        return ALGORITHM

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": ALGORITHM, "typ": "JWT", "kid": str(self._key.kid)}

    def get_client_claims(self, client: Client) -> dict[str, object]:
        return {"iss": self._issuer, "aud": client.client_id, "azp": client.client_id}

    def generate_user_info(self, user: Account, scope: str) -> dict[str, object]:
        return user.claims(scope.split())


class AccessTokens(BearerTokenValidator):
    """Who an access token at the userinfo endpoint belongs to."""

    def __init__(self, storage: Storage) -> None:
        super().__init__()
        self._storage = storage

    def authenticate_token(self, token_string: str) -> Token | None:
        token = self._storage.find_token(token_string)
        return None if token is None or token.refreshes else token

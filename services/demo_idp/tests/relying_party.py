"""What a client of the provider does, step by step, so that each test can do one step wrong."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from joserfc import jwt
from joserfc.jwk import KeySet
from werkzeug.test import TestResponse

ISSUER = "http://localhost:8080/demo-idp"
CALLBACK = "http://localhost:8080/auth/callback"
SECRET = "the secret of the demo client"
VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-to-accept"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()

QUESTION = {
    "client_id": "zaguan-demo",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid email profile",
    "state": "the state",
    "nonce": "the nonce",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


class RelyingParty:
    """Asks the provider what a client asks; named arguments replace a parameter; None leaves it out."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()

    def open(self, headers: dict[str, str] | None = None, **changes: Any) -> TestResponse:
        """The page of the four people."""
        return self.http.get("/demo-idp/authorize", query_string=_changed(QUESTION, changes), headers=headers)

    def choose(self, account: str, headers: dict[str, str] | None = None, **changes: Any) -> TestResponse:
        """A press on one of its buttons; `grant` are the boxes that are ticked."""
        form = {"account": account, "grant": changes.pop("grant", [])}
        question = _changed(QUESTION, changes)
        return self.http.post("/demo-idp/authorize", query_string=question, data=form, headers=headers)

    def code(self, account: str = "mar", **changes: Any) -> str:
        return parameters(self.choose(account, **changes))["code"]

    def redeem(self, code: str | None, **changes: Any) -> TestResponse:
        """The code for tokens; the client authenticates in the form unless `auth` is given."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        return self._token({**form, "code_verifier": VERIFIER}, changes)

    def refresh(self, refresh_token: str, **changes: Any) -> TestResponse:
        return self._token({"grant_type": "refresh_token", "refresh_token": refresh_token}, changes)

    def revoke(self, token: str, **changes: Any) -> TestResponse:
        form = {"token": token, "client_id": "zaguan-demo", "client_secret": SECRET}
        return self.http.post("/demo-idp/revoke", data=_changed(form, changes))

    def userinfo(self, access_token: str) -> TestResponse:
        return self.http.get("/demo-idp/userinfo", headers={"Authorization": f"Bearer {access_token}"})

    def events(self, access_token: str) -> TestResponse:
        bearer = {"Authorization": f"Bearer {access_token}"}
        return self.http.get("/demo-idp/calendar/v3/calendars/primary/events", headers=bearer)

    def _token(self, form: dict[str, Any], changes: dict[str, Any]) -> TestResponse:
        auth = changes.pop("auth", None)
        credentials = {} if auth else {"client_id": "zaguan-demo", "client_secret": SECRET}
        return self.http.post("/demo-idp/token", data=_changed(form | credentials, changes), auth=auth)

    def decode(self, id_token: str) -> jwt.Token:
        """The id_token, its signature checked with the published key."""
        keys = KeySet.import_key_set(self.http.get("/demo-idp/jwks").get_json())
        return jwt.decode(id_token, keys, algorithms=["RS256"])


def parameters(response: TestResponse) -> dict[str, str]:
    """What a redirect to the client tells it."""
    assert response.status_code == 302
    address = urlsplit(response.location)
    assert address._replace(query="").geturl() == CALLBACK
    return dict(parse_qsl(address.query, strict_parsing=True))


def _changed(form: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (form | changes).items() if value is not None}

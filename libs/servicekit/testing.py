"""For the tests of services: identity tokens as the backend would sign them."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from servicekit.events.event import Event
from servicekit.identity import Keys
from servicekit.ids import new_id
from servicekit.message_tokens import TYPE, MessageToken


class Issuer:
    """Stands in for the backend: a key of its own, and tokens signed with it."""

    def __init__(self, url: str = "http://localhost:8080") -> None:
        self.url = url
        self.key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)

    def keys(self) -> Keys:
        """What a service under test is given instead of an address to fetch them from."""
        return Keys(lambda: KeySet([self.key]).as_dict(private=False))

    def claims(self, audience: str, subject: str, scope: str = "", **changes: Any) -> dict[str, Any]:
        """Those of a valid token, with `changes`; None leaves a claim out."""
        moment = int(time.time())
        valid = {
            "iss": self.url,
            "sub": subject,
            "aud": audience,
            "iat": moment,
            "exp": moment + 60,
            "jti": new_id(),
            "sid": new_id(),
            "scope": scope,
        }
        return {name: value for name, value in (valid | changes).items() if value is not None}

    def token(self, audience: str, subject: str, scope: str = "", typ: str = "JWT", **changes: Any) -> str:
        """A signed token with the claims as above."""
        header = {"alg": "ES256", "typ": typ, "kid": self.key.kid}
        return jwt.encode(header, self.claims(audience, subject, scope, **changes), self.key)

    def message_token(self, event: Event, subject: str, scope: str = "", **changes: Any) -> MessageToken:
        """One for `event`, with the claims as above and its id."""
        told = {"event_id": event.id, "exp": int(time.time()) + 86400} | changes
        text = self.token(event.type, subject, scope, TYPE, **told)
        return MessageToken(text, event.type, event.id, subject, frozenset(scope.split()))


def by_hand(header: dict[str, Any], claims: dict[str, Any], word: bytes | None = None) -> str:
    """What no library makes any more: a token without a signature, or signed (HS256) with what everybody knows."""
    alg = "HS256" if word else "none"
    text = f"{_part(json.dumps(header | {'alg': alg}).encode())}.{_part(json.dumps(claims).encode())}"
    return f"{text}.{_part(hmac.digest(word, text.encode(), 'sha256')) if word else ''}"


def _part(told: bytes) -> str:
    return urlsafe_b64encode(told).decode().rstrip("=")

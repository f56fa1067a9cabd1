"""For the tests of services: identity tokens as the backend would sign them."""

import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from servicekit.identity import Keys
from servicekit.ids import new_id


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

    def token(self, audience: str, subject: str, scope: str = "", **changes: Any) -> str:
        """A signed token with the claims as above."""
        header = {"alg": "ES256", "typ": "JWT", "kid": self.key.kid}
        return jwt.encode(header, self.claims(audience, subject, scope, **changes), self.key)

"""A service proves who it is with a key of its own (`private_key_jwt`: RFC 7523, section 2.2; RFC 7521, section 4.2).

The private part is a file that only the service reads, the public part one that the backend reads. Nothing is shared.
"""

import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from servicekit.settings import SettingsError, read_secret

PRIVATE, PUBLIC = "service-key-{}.pem", "service-key-{}.pub.pem"
"""The files in secrets/, with the service's name."""
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TYPE, ALGORITHM = "client-authentication+jwt", "ES256"
LIFE = 60  # seconds


@dataclass(frozen=True)
class ServiceKey:
    """A service's name and its private key."""

    service: str
    key: ECKey = field(repr=False)

    @classmethod
    def read(cls, folder: Path, service: str) -> "ServiceKey":
        """SettingsError if it is missing or none."""
        name = PRIVATE.format(service)
        try:
            key = ECKey.import_key(read_secret(folder, name))
        except (ValueError, TypeError, JoseError) as error:
            told = f"{folder / name} is not a private key ({type(error).__name__}). See secrets/README.md."
            raise SettingsError(told) from None
        return cls(service, key)

    def assertion(self, audience: str) -> str:
        """Says once, and for a minute, to the authorization server `audience` who we are."""
        moment = int(time.time())
        claims = {
            "iss": self.service,
            "sub": self.service,
            "aud": audience,
            "iat": moment,
            "exp": moment + LIFE,
            "jti": secrets.token_urlsafe(16),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": TYPE}, claims, self.key, algorithms=[ALGORITHM])

    def form(self, audience: str) -> dict[str, str]:
        """What goes into a form that is sent to the backend."""
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self.assertion(audience)}

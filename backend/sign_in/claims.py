"""Our own policy on an id_token, beside the library's (OpenID Connect Core 1.0, section 3.1.3.7)."""

import re
import time
from datetime import UTC, datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from backend.people.service import Profile
from backend.sign_in.refusals import Refused

ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY = 60  # seconds that the provider's clock may differ from ours
MAX_AGE = 600  # seconds since it was issued
EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}"
)
LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def key_id(token: str) -> str | None:
    """The `kid` that an id_token names, before anything of it is believed."""
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError, TypeError) as error:
        raise Refused("id_token malformed", type(error).__name__) from None
    return kid if isinstance(kid, str) else None


def verified(token: str, keys: KeySet, algorithms: list[str]) -> dict[str, Any]:
    """The claims of an id_token whose signature is good.

    What is unheard of in its header is ignored, as it must be, unless it says that it is critical: we know of
    no such extension (RFC 7515, sections 4 and 4.1.11).
    """
    try:
        registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
        decoded = jwt.decode(token, keys, registry=registry)
    except (JoseError, ValueError, TypeError) as error:
        raise Refused("id_token signature", type(error).__name__) from None
    if "crit" in decoded.header:
        raise Refused("id_token header", "crit")
    return decoded.claims


def check(claims: dict[str, Any], issuer: str, client_id: str, nonce: str) -> None:
    """Refuse an id_token that is not ours, not for this sign-in, or not of this moment."""
    moment = time.time()
    audience = claims.get("aud")
    rules = {
        "iss": claims.get("iss") == issuer,
        "sub": _is_subject(claims.get("sub")),
        "aud": audience in (client_id, [client_id]),
        "azp": claims.get("azp", client_id) == client_id,
        "exp": _is_time(claims.get("exp")) and claims["exp"] > moment - LEEWAY,
        "iat": _is_time(claims.get("iat")) and moment - MAX_AGE < claims["iat"] < moment + LEEWAY,
        "nbf": "nbf" not in claims or (_is_time(claims["nbf"]) and claims["nbf"] <= moment + LEEWAY),
        "nonce": claims.get("nonce") == nonce,
    }
    broken = [name for name, holds in rules.items() if not holds]
    if broken:
        raise Refused("id_token claims", " ".join(broken))


def profile(issuer: str, claims: dict[str, Any]) -> Profile:
    """What we keep of the claims; what is not plainly as it should be is left out, never repaired."""
    email = _email(claims.get("email"))
    return Profile(
        issuer=issuer,
        subject=claims["sub"],
        email=email,
        email_verified=email is not None and claims.get("email_verified") is True,
        hosted_domain=_text(claims.get("hd"), 253),
        name=_text(claims.get("name"), 200),
        picture=_picture(claims.get("picture")),
        locale=_locale(claims.get("locale")),
        authenticated_at=_moment(claims.get("auth_time")),
    )


def _is_subject(value: object) -> bool:
    """At most 255 ASCII characters (section 2), none of them unprintable."""
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isascii() and value.isprintable()


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _moment(value: object) -> datetime | None:
    """Seconds since 1970, not in the future."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not value >= 0:
        return None
    return datetime.fromtimestamp(min(value, time.time()), UTC)


def _email(value: object) -> str | None:
    """One plain address in lower case. Look-alike letters, two @ or a NUL make it none at all."""
    address = value.lower() if isinstance(value, str) and value.isascii() else ""
    return address if len(address) <= 254 and EMAIL.fullmatch(address) else None


def _text(value: object, longest: int) -> str | None:
    return value[:longest] if isinstance(value, str) and value.isprintable() and value.strip() else None


def _picture(value: object) -> str | None:
    text = _text(value, 1001)
    return text if text and len(text) <= 1000 and text.startswith("https://") else None


def _locale(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= 35 and LOCALE.fullmatch(value) else None

"""Which service calls: its assertion (`private_key_jwt`, RFC 7523, section 3), checked whole, and good once."""

import json
import time
from collections.abc import Mapping
from typing import Any

import structlog
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from backend.once import first_use
from backend.service_clients.keys import ServiceKeys
from servicekit.database import Database
from servicekit.problems import Unauthenticated
from servicekit.service_key import ALGORITHM, ASSERTION_TYPE, TYPE

log = structlog.get_logger()

LONGEST = 4096  # characters
LONGEST_LIFE = 300  # seconds from now to `exp`
LEEWAY = 5  # seconds that two clocks may differ


class BadAssertion(Exception):
    """Not a service that we know, or not now, or not for us. The reason is for logs."""


def authenticate(database: Database, keys: ServiceKeys, issuer: str, form: Mapping[str, str]) -> str:
    """The name of the service that sent `form`; 401 if it does not prove it. `issuer` are we."""
    try:
        return _service(database, keys, issuer, form)
    except BadAssertion as refusal:
        log.warning("service not authenticated", reason=str(refusal))
        raise Unauthenticated("The calling service did not prove who it is.") from None


def _service(database: Database, keys: ServiceKeys, issuer: str, form: Mapping[str, str]) -> str:
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise BadAssertion("client_assertion_type")
    service, claims = _verified(keys, form.get("client_assertion", ""))
    _check(claims, service, issuer)
    left = claims["exp"] + LEEWAY - time.time()
    if not first_use(database, f"assertion {service} {claims['jti']}", left):
        raise BadAssertion("jti replayed")
    return service


def _verified(keys: ServiceKeys, assertion: str) -> tuple[str, dict[str, Any]]:
    """Whose it is and what it says, once the signature is good by that service's key and no other."""
    if len(assertion) > LONGEST:
        raise BadAssertion("too long")
    try:
        service, key = _claimed(keys, assertion)
        decoded = jwt.decode(assertion, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise BadAssertion(type(error).__name__) from None
    if decoded.header.get("typ") != TYPE or "crit" in decoded.header:
        raise BadAssertion("header")
    return service, decoded.claims


def _claimed(keys: ServiceKeys, assertion: str) -> tuple[str, ECKey]:
    """Who it says that it is, before anything of it is believed."""
    told = json.loads(jws.extract_compact(assertion.encode()).payload)
    service = told.get("sub") if isinstance(told, dict) else None
    if not isinstance(service, str) or service not in keys:
        raise BadAssertion("unknown service")
    return service, keys[service]


def _check(claims: dict[str, Any], service: str, issuer: str) -> None:
    moment, jti = time.time(), claims.get("jti")
    rules = {
        "iss": claims.get("iss") == service,
        "sub": claims.get("sub") == service,
        "aud": claims.get("aud") == issuer,
        "exp": _is_time(claims.get("exp")) and -LEEWAY < claims["exp"] - moment <= LONGEST_LIFE + LEEWAY,
        "iat": _is_time(claims.get("iat")) and claims["iat"] <= moment + LEEWAY,
        "nbf": "nbf" not in claims or (_is_time(claims["nbf"]) and claims["nbf"] <= moment + LEEWAY),
        "jti": isinstance(jti, str) and 8 <= len(jti) <= 200,
    }
    broken = [name for name, holds in rules.items() if not holds]
    if broken:
        raise BadAssertion(" ".join(broken))


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)

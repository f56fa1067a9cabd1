"""What a service does as itself, for nobody: `client_credentials` (RFC 6749, section 4.4), by its own key."""

from backend.context import Backend
from backend.door import service as door
from backend.exchange.service import Given, Wish, wanted
from backend.oauth import OAuthError
from backend.policy import Pair
from servicekit.identity import SERVICE


def own_identity(parts: Backend, wish: Wish) -> Given:
    """An identity token that speaks of the service itself, with what [platform] lets it do there."""
    permissions = parts.policy.platform.get(wish.caller, {}).get(wish.audience)
    if permissions is None:
        told = f"The service {wish.caller} has nothing to do at {wish.audience!r} as itself."
        raise OAuthError("invalid_target", f"{told} See [platform] in contracts/policy.toml.")
    scope = " ".join(sorted(wanted(Pair(permissions), wish)))
    subject, issuer = f"{SERVICE}{wish.caller}", parts.settings.token_issuer
    claims = {"iss": issuer, "sub": subject, "aud": wish.audience, "scope": scope}
    return Given(door.signed(claims, parts.keys.signing()), scope, ())

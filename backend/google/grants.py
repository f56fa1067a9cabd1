"""What is asked of the provider for a connection: consent, fresh access tokens, and an end to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from backend.google.attempts import Connecting
from backend.settings import GOOGLE
from backend.sign_in.provider import Provider
from backend.sign_in.refusals import Refused, Unreachable
from backend.sign_in.upstream import is_endpoint, plain_answer

OFFLINE = {"access_type": "offline", "include_granted_scopes": "true", "prompt": "consent"}
GOOGLES_REVOCATION = "https://oauth2.googleapis.com/revoke"
OVER = frozenset({"invalid_grant", "invalid_scope"})
"""The person has taken it back, wholly or partly, or it has run out (RFC 6749, section 5.2)."""
LONGEST = 8192  # characters of a token
LIFE, LONGEST_LIFE = 300, 24 * 3600  # seconds, where the provider says nothing, or too much


class Over(Exception):
    """The consent does not count any more; asking again does not help."""


@dataclass(frozen=True)
class Fresh:
    """An access token. `scopes` are the provider's; `refresh_token` replaces the one that was used, if given."""

    access_token: str = field(repr=False)
    expires_in: int
    scopes: frozenset[str]
    refresh_token: str | None = field(repr=False)


class Grants:
    """The provider, asked with limits of time and size."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._upstream = provider.upstream

    def question(self, attempt: Connecting, callback: str, scopes: list[str], email: str | None) -> str:
        """Where to send the browser to ask for `scopes` beside what was granted before (incremental consent)."""
        known = self._upstream.within(self._upstream.discover).get("scopes_supported")
        offline = isinstance(known, list) and "offline_access" in known  # Google has a parameter instead
        asked = ["openid", "email", *(["offline_access"] if offline else []), *scopes]
        hint = {"login_hint": email} if email else {}
        return self._provider.question(attempt, callback, " ".join(asked), OFFLINE | hint)

    def refresh(self, refresh_token: str, scopes: Iterable[str]) -> Fresh:
        """A token that can do `scopes` and no more (RFC 6749, section 6). Over, or Unreachable."""
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "scope": " ".join(sorted(scopes)),
        }
        told = self._upstream.within(lambda: self._ask(form))
        if "error" in told:
            error = str(told["error"])[:40]
            raise Over(error) if error in OVER else Unreachable(f"token endpoint {error}")
        try:
            return fresh(told, form["scope"])
        except Refused as refusal:
            raise Unreachable(str(refusal)) from None

    def revoke(self, refresh_token: str) -> bool:
        """Whether the provider has forgotten it (RFC 7009), so that what it gave counts nowhere any more."""
        try:
            return self._upstream.within(lambda: self._revoke(refresh_token))
        except Unreachable:
            return False

    def _ask(self, form: dict[str, str]) -> dict[str, Any]:
        answer = plain_answer(self._upstream.post(self._upstream.discover()["token_endpoint"], form))
        told = answer.json()
        if not isinstance(told, dict) or (answer.status_code != 200 and "error" not in told):
            raise ValueError("not an answer of a token endpoint")
        return told

    def _revoke(self, token: str) -> bool:
        issuer = self._upstream.client.issuer
        endpoint = self._upstream.discover().get("revocation_endpoint")
        endpoint = endpoint or (GOOGLES_REVOCATION if issuer == GOOGLE else None)
        if not is_endpoint(endpoint, issuer):
            return False
        answer = self._upstream.post(str(endpoint), {"token": token, "token_type_hint": "refresh_token"})
        if answer.status_code == 400:  # Google's answer for what was revoked before
            return bool(answer.json().get("error") == "invalid_token")
        return bool(answer.status_code == 200)


def fresh(told: dict[str, Any], asked: str) -> Fresh:
    """A token endpoint's answer, read strictly; Refused if it cannot be used. No `scope`: what was asked for."""
    scope = told.get("scope", asked)
    if str(told.get("token_type", "")).lower() != "bearer" or not isinstance(scope, str):
        raise Refused("token endpoint", "answer")
    refresh_token = told.get("refresh_token")
    return Fresh(
        _token(told.get("access_token")),
        _life(told.get("expires_in")),
        frozenset(scope.split()),
        None if refresh_token is None else _token(refresh_token),
    )


def _token(value: object) -> str:
    if isinstance(value, str) and 0 < len(value) <= LONGEST and value.isascii() and value.isprintable():
        return value
    raise Refused("token endpoint", "token")


def _life(value: object) -> int:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return int(min(value, LONGEST_LIFE))
    return LIFE

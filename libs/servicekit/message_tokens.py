"""Message tokens: for which person a message speaks. Signed by the backend, for one event of one type, for a day.

Good for nothing but this: a service that hears such events exchanges it, with its own key, for an identity token of
a minute (servicekit.errands).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from servicekit.identity import Checker, InvalidToken, Keys, UnknownKey
from servicekit.problems import Unavailable

KIND = "urn:zaguan:params:oauth:token-type:message"
TYPE = "message+jwt"
HEADER = "on-behalf-of"
"""Of a message."""


@dataclass(frozen=True)
class MessageToken:
    """`text` is what is kept and sent; the rest says what it is good for. `subject` is the person's id."""

    text: str = field(repr=False)
    event_type: str
    event_id: str
    subject: str
    scope: frozenset[str]

    @classmethod
    def of(cls, text: str, claims: Mapping[str, Any]) -> "MessageToken":
        """Of claims that have been checked."""
        scope = frozenset(str(claims.get("scope", "")).split())
        return cls(text, claims["aud"], claims["event_id"], claims["sub"], scope)


class MessageVerifier:
    """Checks the message tokens that arrive, offline."""

    def __init__(self, issuer: str, keys: Keys) -> None:
        self._issuer, self._keys = issuer, keys

    def verify(self, text: str, event_type: str, event_id: str) -> MessageToken:
        """InvalidToken unless it is good for this very event; Unavailable while that cannot be told."""
        claims = self._claims(text, event_type)
        if claims.get("event_id") != event_id:
            raise InvalidToken("it is for another event")
        return MessageToken.of(text, claims)

    def _claims(self, text: str, event_type: str) -> dict[str, Any]:
        try:
            return Checker(self._issuer, {event_type}, self._keys, TYPE).claims(text)
        except UnknownKey:
            if self._keys.are_current:
                raise
            raise Unavailable from None  # perhaps it is one that we could not be told of yet

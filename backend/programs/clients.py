"""The programs that may ask a person to sign them in. One more is one more line here."""

from dataclasses import dataclass

OWN_TOKENS = "account:tokens"
"""What a program may be given of the account itself: to list and revoke its person's access tokens."""


@dataclass(frozen=True)
class Client:
    """A public client (RFC 6749, section 2.1): it can keep no secret, so that its name proves nothing."""

    id: str
    name: str
    usual: frozenset[str]
    """What it gets when it asks for nothing else, as far as its person has it."""


CLIENTS = {
    client.id: client
    for client in (
        Client(
            "zaguan",
            "zaguan, the command line",
            frozenset({"documents:read", "documents:write", "ai:use", "models:read", OWN_TOKENS}),
        ),
    )
}

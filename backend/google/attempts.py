"""From the app to the provider and back: what is begun in a session ends in that session, or not at all."""

import json
from dataclasses import asdict, dataclass
from typing import ClassVar

from backend.sign_in.attempts import Attempt
from backend.vault import Unsealable, Vault

TICKET = "google ticket"
TICKET_LIFE = 60  # seconds from the app's click to the browser's way out


@dataclass(frozen=True)
class Ticket:
    """What a person chose in the app. It is in an address, so it is no secret: without the session it is nothing."""

    user_id: str
    session_id: str
    scopes: list[str]
    next: str

    def seal(self, vault: Vault) -> str:
        return vault.seal(TICKET, json.dumps(asdict(self)))

    @classmethod
    def unseal(cls, vault: Vault, sealed: str) -> "Ticket | None":
        try:
            return cls(**json.loads(vault.open(TICKET, sealed, TICKET_LIFE)))
        except Unsealable:
            return None


@dataclass(frozen=True)
class Connecting(Attempt):
    """An attempt to connect: sealed for this purpose, it never signs anybody in, and a sign-in never connects."""

    PURPOSE: ClassVar[str] = "google connection"

    user_id: str
    session_id: str
    scopes: list[str]

    @classmethod
    def of(cls, ticket: Ticket) -> "Connecting":
        return cls.begin(
            ticket.next, user_id=ticket.user_id, session_id=ticket.session_id, scopes=ticket.scopes
        )

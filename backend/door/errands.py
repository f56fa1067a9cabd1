"""Errands: what a person began and a message goes on with, when they may have left long ago.

They may leave: signing out lets it finish. It ends with their suspension or deletion, when they sign out everywhere,
and with the access token or program that it was begun with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy.orm import Session as Transaction

from backend.door.credentials import living as living_credential
from backend.people.holders import Holder, person
from backend.people.models import ACTIVE
from backend.sessions.models import BrowserSession
from backend.sessions.service import Lifetimes
from servicekit.identity import Identity


@dataclass(frozen=True)
class Errand:
    """With which credential of whom it was begun, and what it may at most."""

    user_id: str
    credential_id: str
    kind: str
    generation: int
    scope: frozenset[str]

    @classmethod
    def begun_by(cls, holder: Holder, scope: frozenset[str]) -> Self:
        return cls(holder.user_id, holder.credential_id, holder.kind, holder.generation, scope)

    @classmethod
    def of_message(cls, claims: Mapping[str, Any]) -> Self:
        """As a message token tells it."""
        return cls._of(claims["sub"], claims["sid"], claims["errand"], claims["scope"])

    @classmethod
    def of_identity(cls, identity: Identity) -> Self | None:
        """As an identity token tells it that a message led to; None if its person is here."""
        told = identity.errand
        return cls._of(identity.subject, identity.session or "", told, told["scope"]) if told else None

    @classmethod
    def _of(cls, subject: str, credential: str, told: Mapping[str, Any], scope: str) -> Self:
        return cls(subject, credential, told["kind"], told["generation"], frozenset(scope.split()))

    def told(self) -> dict[str, Any]:
        """The claim, beside `sub`, `sid` and `scope` of a message token."""
        return {"kind": self.kind, "generation": self.generation}


def living(tx: Transaction, errand: Errand, lifetimes: Lifetimes) -> Holder | None:
    """Its person, with what both they and the errand may at this moment; None once it has ended."""
    found = _person(tx, errand, lifetimes)
    if found is None or found.user_id != errand.user_id or found.status != ACTIVE:
        return None
    if found.generation != errand.generation:
        return None
    return replace(
        found,
        credential_id=errand.credential_id,
        kind=errand.kind,
        permissions=found.permissions & errand.scope,
    )


def _person(tx: Transaction, errand: Errand, lifetimes: Lifetimes) -> Holder | None:
    if errand.kind == BrowserSession.__tablename__:
        return person(tx, errand.user_id)
    return living_credential(tx, errand.credential_id, lifetimes)

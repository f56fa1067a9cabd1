"""Who changes people and roles, and how far that goes: nobody gives, takes or touches what they do not have."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session as Transaction

from backend.context import backend
from backend.door.credentials import living
from backend.people.models import ACTIVE
from backend.policy import Policy
from backend.sessions.fresh import freshly_signed_in
from servicekit.identity import current_identity
from servicekit.problems import Forbidden, Unauthenticated


@dataclass(frozen=True)
class Actor:
    """An active person, and all that they may do here and now; or, without an id, who runs the platform itself."""

    id: str | None
    permissions: frozenset[str]

    def must_be_fresh(self, tx: Transaction) -> None:
        """403 unless the person has just signed in. At the command line nobody has."""
        if self.id is not None:
            freshly_signed_in(tx)

    def must_hold(self, permissions: Iterable[str]) -> None:
        """403 unless the actor has all of these too."""
        lacking = sorted(set(permissions) - self.permissions)
        if lacking:
            raise Forbidden(f"This goes beyond what you may do yourself: you lack {', '.join(lacking)}.")


def operator(policy: Policy) -> Actor:
    """Who works on the database itself: all permissions, and the same rules."""
    return Actor(None, frozenset(policy.described))


def current_actor(tx: Transaction) -> Actor:
    """The person of this request, as the database knows them now; the permission was checked by the route.

    A program gives and touches no more than what it was given itself, however much its person may.
    """
    identity = current_identity()
    found = living(tx, identity.session or "", backend().lifetimes)
    if found is None or found.user_id != identity.subject or found.status != ACTIVE:
        raise Unauthenticated
    return Actor(found.user_id, found.permissions)

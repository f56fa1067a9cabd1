"""Whom a service serves at this moment: who may act for them, and for nobody else."""

from dataclasses import dataclass

from backend.context import Backend
from backend.door import errands
from backend.door.credentials import living
from backend.door.errands import Errand
from backend.people.holders import Holder
from servicekit.identity import Identity, InvalidToken, Verifier


class NotServed(Exception):
    """The service shows no identity token that is for itself, and still good."""

    told = "The identity token is not one for this service, or not any more."


class Ended(NotServed):
    """It was good, but the credential that it came of has ended, or its person is suspended."""

    told = "The person has signed out meanwhile."


@dataclass(frozen=True)
class Served:
    """Who the identity token speaks of, and what its person may at this moment."""

    identity: Identity
    holder: Holder | None
    """What the token came of: a session, an access token, a program. Visitors have none."""

    @property
    def errand(self) -> Errand | None:
        """Set where a message is why the service acts: the person may be gone."""
        return Errand.of_identity(self.identity)


def served(parts: Backend, service: str, token: str) -> Served:
    """Whom `service` serves: an identity token for this very service, of something that still lives."""
    try:
        identity = Verifier(parts.settings.token_issuer, service, parts.public_keys).verify(token)
    except InvalidToken:
        raise NotServed from None
    if identity.is_service:
        raise NotServed
    if identity.is_visitor:
        return Served(identity, None)
    errand = Errand.of_identity(identity)
    with parts.database.read() as tx:
        holder = (
            errands.living(tx, errand, parts.lifetimes)
            if errand
            else living(tx, identity.session or "", parts.lifetimes)
        )
    if holder is None or holder.user_id != identity.subject:
        raise Ended
    return Served(identity, holder)

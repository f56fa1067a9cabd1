"""The backend's own part of an export: what it keeps of a person. No hashes, no tokens, nothing that opens anything."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from backend.audit import reading
from backend.audit import service as audit
from backend.audit.models import AuditEntry
from backend.context import Backend
from backend.google import service as google
from backend.invitations.models import Invitation
from backend.invitations.schemas import Invitation as ShownInvitation
from backend.people import service as people
from backend.people.models import User
from backend.programs import service as programs
from backend.sessions import service as sessions
from backend.sessions.schemas import Session
from backend.tokens import service as tokens
from backend.tokens.schemas import Token

CHUNK = 500
PROFILE = ("id", "issuer", "subject", "email", "email_verified", "name", "picture", "locale", "status")
Source = Callable[[Backend, str], Iterable[str]]
"""Takes a person's id; gives the text of one file, in pieces."""


@dataclass(frozen=True)
class Own:
    """A file of the backend's part, under `account/`."""

    name: str
    text: Source


def profile(parts: Backend, person: str) -> Iterator[str]:
    with parts.database.read() as tx:
        user = tx.get_one(User, person)
        told = {name: getattr(user, name) for name in (*PROFILE, "created_at", "updated_at")}
        rights = {"roles": people.roles_of(tx, person), "permissions": people.permissions_of(tx, user)}
    yield as_json(told | rights)


def devices(parts: Backend, person: str) -> Iterator[str]:
    with parts.database.read() as tx:
        found = sessions.of(tx, person, parts.lifetimes)
    yield as_json([_shown(row, Session.model_fields.keys() - {"current"}) for row in found])


def access_tokens(parts: Backend, person: str) -> Iterator[str]:
    with parts.database.read() as tx:
        found = tokens.of(tx, person)
    yield as_json([_shown(row, Token.model_fields) for row in found])


def connected_programs(parts: Backend, person: str) -> Iterator[str]:
    with parts.database.read() as tx:
        found = programs.of(tx, person)
    names = (
        "id",
        "client_id",
        "permissions",
        "user_agent",
        "address",
        "created_at",
        "last_used_at",
        "expires_at",
    )
    yield as_json([_shown(row, names) for row in found])


def google_connection(parts: Backend, person: str) -> Iterator[str]:
    with parts.database.read() as tx:
        found = google.told(tx, person, parts.policy.google)
    yield as_json(vars(found))


def invitations(parts: Backend, person: str) -> Iterator[str]:
    """Those that the person made, or accepted."""
    mine = or_(Invitation.invited_by == person, Invitation.accepted_by == person)
    with parts.database.read() as tx:
        found = list(tx.scalars(select(Invitation).where(mine).order_by(Invitation.id)))
    yield as_json([_shown(row, ShownInvitation.model_fields) for row in found])


def history(parts: Backend, person: str) -> Iterator[str]:
    """It may be long: a list that is written as it is read, the newest first."""
    mark = "["
    for entry in _entries(parts, person):
        yield f"{mark}\n{as_json(reading.as_history(entry, person))}"
        mark = ","
    yield "[]" if mark == "[" else "\n]\n"


OWN = [
    Own("profile.json", profile),
    Own("devices.json", devices),
    Own("access-tokens.json", access_tokens),
    Own("programs.json", connected_programs),
    Own("google.json", google_connection),
    Own("invitations.json", invitations),
    Own("history.json", history),
]
"""A feature that keeps something of a person adds a line here."""


def as_json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _shown(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _entries(parts: Backend, person: str) -> Iterator[AuditEntry]:
    before: str | None = None
    while True:
        with parts.database.read() as tx:
            found = audit.search(tx, audit.Wanted(person=person), before, CHUNK)
        yield from found
        if len(found) < CHUNK:
            return
        before = found[-1].id

"""Make, find and revoke personal access tokens."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.opaque import ACCESS_TOKEN, new_credential
from backend.people.holders import Holder, holder, holders
from backend.revocations import service as revocations
from backend.tokens.models import AccessToken
from backend.vault import fingerprint
from servicekit.ids import new_id, now

MOST = 50  # of one person


class TooMany(Exception):
    """This person has as many tokens as one may have."""


def make(
    tx: Transaction,
    user_id: str,
    name: str,
    permissions: Iterable[str],
    expires_at: datetime | None,
    origin: audit.Origin,
) -> tuple[AccessToken, str]:
    """A new token, and its text, which is kept nowhere."""
    if (tx.scalar(select(func.count()).where(AccessToken.user_id == user_id)) or 0) >= MOST:
        raise TooMany
    text, moment = new_credential(ACCESS_TOKEN), now()
    token = AccessToken(
        id=new_id(),
        token_hash=fingerprint(text),
        user_id=user_id,
        name=name,
        permissions=sorted(set(permissions)),
        created_at=moment,
        expires_at=expires_at,
    )
    tx.add(token)
    told = {"token": token.id, "name": name, "permissions": " ".join(token.permissions)}
    events.account_changed(tx, user_id, "tokens")
    audit.record(tx, audit.TOKEN_MADE, origin, actor=user_id, target=user_id, **told)
    return token, text


def find(tx: Transaction, text: str) -> Holder | None:
    """Who holds the living token `text`; they may do what both they and the token may."""
    return _held(tx, AccessToken.token_hash == fingerprint(text))


def living(tx: Transaction, token_id: str) -> Holder | None:
    """The same by the token's id, as identity tokens name it (`sid`)."""
    return _held(tx, AccessToken.id == token_id)


def _held(tx: Transaction, mine: ColumnElement[bool]) -> Holder | None:
    found = holder(tx.execute(holders(AccessToken).where(mine, _living())).all())
    if found is None:
        return None
    granted = tx.scalars(select(AccessToken.permissions).where(mine)).one()
    return replace(found, permissions=found.permissions & frozenset(granted))


def ends_at(tx: Transaction, token_id: str) -> datetime | None:
    """When it expires; None if never, or if there is none."""
    return tx.scalar(select(AccessToken.expires_at).where(AccessToken.id == token_id))


def touch(tx: Transaction, token_id: str) -> None:
    """Note that the token is in use."""
    tx.execute(update(AccessToken).where(AccessToken.id == token_id).values(last_used_at=now()))


def of(tx: Transaction, user_id: str) -> list[AccessToken]:
    """A person's tokens, newest first; those that have expired too, until their person removes them."""
    mine = select(AccessToken).where(AccessToken.user_id == user_id)
    return list(tx.scalars(mine.order_by(AccessToken.created_at.desc(), AccessToken.id)))


def revoke(tx: Transaction, user_id: str, token_id: str, origin: audit.Origin) -> bool:
    """Revoke a person's own token; False if there is none of this id."""
    same = (AccessToken.id == token_id, AccessToken.user_id == user_id)
    name = tx.scalar(select(AccessToken.name).where(*same))
    if name is None:
        return False
    tx.execute(delete(AccessToken).where(*same))
    revocations.of_credentials(tx, user_id, [token_id], revocations.REVOKED)
    events.account_changed(tx, user_id, "tokens")
    audit.record(tx, audit.TOKEN_REVOKED, origin, actor=user_id, target=user_id, token=token_id, name=name)
    return True


def revoke_all(tx: Transaction, user_id: str) -> None:
    """Of a person who is suspended or leaves."""
    theirs = tx.scalars(select(AccessToken.id).where(AccessToken.user_id == user_id)).all()
    revocations.of_credentials(tx, user_id, theirs, revocations.REVOKED)
    tx.execute(delete(AccessToken).where(AccessToken.user_id == user_id))


def _living() -> ColumnElement[bool]:
    return or_(AccessToken.expires_at.is_(None), AccessToken.expires_at > now())

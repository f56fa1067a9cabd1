"""Connections as the database keeps them: made, told, forgotten, sealed anew."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.google.grants import Grants
from backend.google.models import GoogleAccessToken, GoogleConnection
from backend.policy import Google
from backend.vault import Unsealable, Vault
from servicekit.ids import new_id, now


@dataclass(frozen=True)
class Consent:
    """What a person has just granted, by our names of it."""

    user_id: str
    email: str | None
    scopes: list[str]
    missing: list[str]
    refresh_token: str = field(repr=False)


@dataclass(frozen=True)
class Connection:
    """What is told of a connection; of none, too."""

    connected: bool = False
    needs_reconnecting: bool = False
    email: str | None = None
    connected_at: datetime | None = None
    scopes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def refresh_context(user_id: str) -> str:
    """What a refresh token is sealed for: moved to another person's row it does not open."""
    return f"google refresh token of {user_id}"


def access_context(user_id: str, service: str) -> str:
    return f"google access token of {user_id} for {service}"


def of(tx: Transaction, user_id: str) -> GoogleConnection | None:
    """A person's connection."""
    return tx.scalar(select(GoogleConnection).where(GoogleConnection.user_id == user_id))


def told(tx: Transaction, user_id: str, google: Google) -> Connection:
    """The same as its person sees it. What is not offered any more is not shown: nobody can use it."""
    found = of(tx, user_id)
    if found is None:
        return Connection()
    offered = google.scopes.keys()
    return Connection(
        connected=True,
        needs_reconnecting=found.needs_reconnecting,
        email=found.email,
        connected_at=found.connected_at,
        scopes=[name for name in found.scopes if name in offered],
        missing=[name for name in found.missing if name in offered],
    )


def connect(tx: Transaction, vault: Vault, consent: Consent, origin: audit.Origin) -> None:
    """Keep a consent, in the place of the one before."""
    tx.execute(delete(GoogleConnection).where(GoogleConnection.user_id == consent.user_id))
    tx.add(
        GoogleConnection(
            id=new_id(),
            user_id=consent.user_id,
            email=consent.email,
            scopes=consent.scopes,
            missing=consent.missing,
            sealed_refresh_token=vault.seal(refresh_context(consent.user_id), consent.refresh_token),
            connected_at=now(),
            needs_reconnecting=False,
            failures=0,
        )
    )
    events.account_changed(tx, consent.user_id, "google")
    scopes = " ".join(consent.scopes)
    audit.record(
        tx, audit.GOOGLE_CONNECTED, origin, actor=consent.user_id, target=consent.user_id, scopes=scopes
    )


@dataclass(frozen=True)
class Forgotten:
    """What the provider still has to be told; None when nobody can tell it: the token did not open."""

    refresh_token: str | None = field(repr=False)


def forget(
    tx: Transaction, vault: Vault, user_id: str, origin: audit.Origin, *, actor: str | None = None
) -> Forgotten | None:
    """Take a person's tokens out of the database; None if there are none. After the commit: `revoke`."""
    found = of(tx, user_id)
    if found is None:
        return None
    sealed = found.sealed_refresh_token
    tx.execute(_quietly(delete(GoogleConnection).where(GoogleConnection.id == found.id)))
    events.account_changed(tx, user_id, "google")
    audit.record(tx, audit.GOOGLE_DISCONNECTED, origin, actor=actor, target=user_id)
    try:
        return Forgotten(vault.open(refresh_context(user_id), sealed))
    except Unsealable:
        return Forgotten(None)


def revoke(grants: Grants, forgotten: Forgotten) -> bool:
    """Whether the provider has revoked what was forgotten here. Never with a transaction open: it may take seconds."""
    return forgotten.refresh_token is not None and grants.revoke(forgotten.refresh_token)


def reseal(tx: Transaction, vault: Vault, after: str | None, most: int) -> str | None:
    """Seal anew, with the first master key, the tokens of the next `most` connections; the last one's id, or None.

    While others use and renew them: a value that has changed since it was read is not touched; who changed it has
    sealed it with the first key.
    """
    query = select(GoogleConnection).order_by(GoogleConnection.id).limit(most)
    page = list(tx.scalars(query.where(GoogleConnection.id > after) if after else query))
    for connection in page:
        _reseal_refresh_token(tx, vault, connection)
        _reseal_access_tokens(tx, vault, connection)
    return page[-1].id if page else None


def _reseal_refresh_token(tx: Transaction, vault: Vault, row: GoogleConnection) -> None:
    anew = _sealed_anew(vault, refresh_context(row.user_id), row.sealed_refresh_token)
    same = (GoogleConnection.id == row.id, GoogleConnection.sealed_refresh_token == row.sealed_refresh_token)
    if anew:
        tx.execute(_quietly(update(GoogleConnection).where(*same).values(sealed_refresh_token=anew)))


def _reseal_access_tokens(tx: Transaction, vault: Vault, connection: GoogleConnection) -> None:
    theirs = select(GoogleAccessToken).where(GoogleAccessToken.connection_id == connection.id)
    for row in list(tx.scalars(theirs)):
        anew = _sealed_anew(vault, access_context(connection.user_id, row.service), row.sealed_access_token)
        same = (
            GoogleAccessToken.connection_id == row.connection_id,
            GoogleAccessToken.service == row.service,
            GoogleAccessToken.sealed_access_token == row.sealed_access_token,
        )
        if anew:
            tx.execute(_quietly(update(GoogleAccessToken).where(*same).values(sealed_access_token=anew)))


def _sealed_anew(vault: Vault, context: str, sealed: str) -> str | None:
    """None if it does not open: nobody can use it, and its person will be asked to connect again."""
    try:
        return vault.seal(context, vault.open(context, sealed))
    except Unsealable:
        return None


def _quietly(statement: Any) -> Any:
    """The rows that the session has read are not compared with it."""
    return statement.execution_options(synchronize_session=False)

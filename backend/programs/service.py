"""Connect programs, renew their credentials, find who comes with one, end them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session as Transaction

from backend import events
from backend.audit import service as audit
from backend.opaque import PROGRAM_ACCESS, PROGRAM_REFRESH, kind_of, new_credential
from backend.people.holders import Holder, holder, holders
from backend.programs.models import DeviceAuthorization, Program, ProgramCredential
from backend.revocations import service as revocations
from backend.vault import fingerprint
from servicekit.database import changed_one
from servicekit.ids import new_id, now

ACCESS_LIFE = timedelta(hours=1)
UNUSED = timedelta(days=30)  # a program that does not come for so long is signed out
LIFETIME = timedelta(days=365)  # and in any case after this


@dataclass(frozen=True)
class Credentials:
    """What a program is given. The texts are kept nowhere."""

    access: str
    refresh: str
    life: timedelta
    permissions: list[str]


def connect(tx: Transaction, asked: DeviceAuthorization, user_id: str, origin: audit.Origin) -> Credentials:
    """Sign a program in as its person has approved it."""
    moment = now()
    tx.execute(delete(Program).where(Program.expires_at <= moment))
    program = Program(
        id=new_id(),
        user_id=user_id,
        client_id=asked.client_id,
        permissions=asked.permissions,
        user_agent=asked.user_agent,
        address=origin.address,
        created_at=moment,
        expires_at=moment + UNUSED,
    )
    tx.add(program)
    tx.flush()
    _tell(tx, audit.PROGRAM_CONNECTED, program, origin, permissions=" ".join(program.permissions))
    return _issue(tx, program)


def find(tx: Transaction, text: str) -> Holder | None:
    """Who holds the living access credential `text`; they may do what both they and the program may."""
    coming = holders(Program).join(ProgramCredential, ProgramCredential.program_id == Program.id)
    return _held(tx, coming.where(*_is(text, PROGRAM_ACCESS), ProgramCredential.expires_at > now()))


def living(tx: Transaction, program_id: str) -> Holder | None:
    """The same by the program's id, as identity tokens name it (`sid`)."""
    return _held(tx, holders(Program).where(Program.id == program_id))


def _held(tx: Transaction, coming: Select[Any]) -> Holder | None:
    found = holder(tx.execute(coming.where(Program.expires_at > now())).all())
    if found is None:
        return None
    granted = tx.scalar(select(Program.permissions).where(Program.id == found.credential_id))
    return replace(found, permissions=found.permissions & frozenset(granted or ()))


def ends_at(tx: Transaction, program_id: str) -> datetime | None:
    """When it is over unless it renews itself; None if there is none."""
    return tx.scalar(select(Program.expires_at).where(Program.id == program_id))


def touch(tx: Transaction, program_id: str) -> None:
    """Note that the program is in use."""
    tx.execute(update(Program).where(Program.id == program_id).values(last_used_at=now()))


def refresh(tx: Transaction, client_id: str, text: str, origin: audit.Origin) -> Credentials | None:
    """New credentials for a refresh credential, which is used up. None: it is not valid.

    One that was used before ends the program: it is in two hands (RFC 9700, section 4.14.2).
    """
    if kind_of(text) != PROGRAM_REFRESH:
        return None
    moment, mine = now(), _is(text, PROGRAM_REFRESH)
    program = _locked(tx, _program_of(client_id).where(*mine, ProgramCredential.expires_at > moment))
    if program is None or program.expires_at <= moment:
        return None
    unused = update(ProgramCredential).where(*mine, ProgramCredential.used_at.is_(None))
    if not changed_one(tx, unused.values(used_at=moment)):
        _end(tx, program, audit.PROGRAM_REUSED, origin)
        return None
    program.last_used_at = moment
    return _issue(tx, program)


def revoke(tx: Transaction, client_id: str, text: str, origin: audit.Origin) -> None:
    """End the program that has this credential, whichever of its own (RFC 7009); nothing if there is none."""
    if kind_of(text) not in {PROGRAM_ACCESS, PROGRAM_REFRESH}:
        return
    program = _locked(
        tx, _program_of(client_id).where(ProgramCredential.credential_hash == fingerprint(text))
    )
    if program is not None:
        _end(tx, program, audit.PROGRAM_ENDED, origin)


def of(tx: Transaction, user_id: str) -> list[Program]:
    """A person's living programs, newest first."""
    mine = select(Program).where(Program.user_id == user_id, Program.expires_at > now())
    return list(tx.scalars(mine.order_by(Program.created_at.desc(), Program.id)))


def end_one(tx: Transaction, user_id: str, program_id: str, origin: audit.Origin) -> bool:
    """Sign a person's own program out; False if there is none of this id."""
    program = _locked(tx, select(Program.id).where(Program.id == program_id, Program.user_id == user_id))
    if program is None:
        return False
    _end(tx, program, audit.PROGRAM_ENDED, origin)
    return True


def end_all(tx: Transaction, user_id: str) -> None:
    """Of a person who is suspended, leaves, or signs out everywhere; what they have just approved ends, too."""
    tx.execute(delete(DeviceAuthorization).where(DeviceAuthorization.user_id == user_id))
    theirs = tx.scalars(select(Program.id).where(Program.user_id == user_id)).all()
    if theirs:
        revocations.of_credentials(tx, user_id, theirs, revocations.REVOKED)
        events.account_changed(tx, user_id, "programs")
    tx.execute(delete(Program).where(Program.user_id == user_id))


def _issue(tx: Transaction, program: Program) -> Credentials:
    """New credentials. The access credential before lives on: requests of other threads are under way with it."""
    moment = now()
    program.expires_at = min(moment + UNUSED, program.created_at + LIFETIME)
    life = min(ACCESS_LIFE, program.expires_at - moment)
    gone = delete(ProgramCredential).where(
        ProgramCredential.program_id == program.id, ProgramCredential.expires_at <= moment
    )
    tx.execute(gone)
    access, renewal = new_credential(PROGRAM_ACCESS), new_credential(PROGRAM_REFRESH)
    tx.add_all(
        [
            _credential(program, access, moment + life),
            _credential(program, renewal, program.expires_at),
        ]
    )
    return Credentials(access, renewal, life, program.permissions)


def _credential(program: Program, text: str, expires_at: datetime) -> ProgramCredential:
    return ProgramCredential(
        credential_hash=fingerprint(text), program_id=program.id, kind=kind_of(text), expires_at=expires_at
    )


def _is(text: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    return (ProgramCredential.credential_hash == fingerprint(text), ProgramCredential.kind == kind)


def _program_of(client_id: str) -> Select[str]:
    owned = select(Program.id).join(ProgramCredential, ProgramCredential.program_id == Program.id)
    return owned.where(Program.client_id == client_id)


def _locked(tx: Transaction, wanted: Select[str]) -> Program | None:
    """The program with this id, to nobody else until the end of the transaction: what is done to it is done in turn."""
    program_id = tx.scalar(wanted)
    return tx.get(Program, program_id, with_for_update=True) if program_id else None


def _end(tx: Transaction, program: Program, action: str, origin: audit.Origin) -> None:
    tx.execute(delete(Program).where(Program.id == program.id))
    revocations.of_credentials(tx, program.user_id, [program.id], revocations.REVOKED)
    _tell(tx, action, program, origin)


def _tell(tx: Transaction, action: str, program: Program, origin: audit.Origin, **detail: str) -> None:
    events.account_changed(tx, program.user_id, "programs")
    told = {"program": program.id, "client": program.client_id, "user_agent": program.user_agent, **detail}
    audit.record(tx, action, origin, actor=program.user_id, target=program.user_id, **told)

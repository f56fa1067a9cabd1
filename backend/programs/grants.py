"""The device authorization grant (RFC 8628): a program asks, its person says yes or no, the program is told."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session as Transaction

from backend.audit import service as audit
from backend.people import service as people
from backend.people.models import ACTIVE, User
from backend.programs import service as programs
from backend.programs.clients import OWN_TOKENS, Client
from backend.programs.models import APPROVED, REFUSED, WAITING, DeviceAuthorization
from backend.vault import fingerprint
from servicekit.database import changed_one
from servicekit.ids import new_id, now

LIFE = timedelta(minutes=10)
KEPT = timedelta(minutes=10)  # after its end: a program that comes late is told that it has expired
INTERVAL, SLOWER, SLOWEST = 5, 5, 60  # seconds between two questions of a program
JITTER = timedelta(seconds=1)  # that a question may take less time on its way than the one before
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, no words (RFC 8628, section 6.1): 20 ** 8 codes, 34 bits
MOST_WRONG, WRONG_WITHIN = 10, timedelta(minutes=10)  # codes that one person may get wrong

# RFC 8628, section 3.5, and RFC 6749, section 5.2
PENDING, SLOW_DOWN = "authorization_pending", "slow_down"
DENIED, EXPIRED, INVALID = "access_denied", "expired_token", "invalid_grant"


class TooManyWrong(Exception):
    """This person has typed too many codes that do not exist."""


@dataclass(frozen=True)
class Codes:
    """For the program, and for its person to type."""

    device: str
    user: str


def ask(
    tx: Transaction, client: Client, wanted: frozenset[str], user_agent: str | None, origin: audit.Origin
) -> Codes:
    """A program asks to be signed in. Only hashes of the two codes are kept."""
    moment = now()
    tx.execute(delete(DeviceAuthorization).where(DeviceAuthorization.expires_at <= moment - KEPT))
    codes = Codes(secrets.token_urlsafe(32), _free_user_code(tx))
    tx.add(
        DeviceAuthorization(
            id=new_id(),
            device_code_hash=fingerprint(codes.device),
            user_code_hash=fingerprint(codes.user),
            client_id=client.id,
            permissions=sorted(wanted),
            user_agent=(user_agent or "")[:300] or None,
            address=origin.address,
            state=WAITING,
            poll_interval=INTERVAL,
            next_poll_at=moment,
            created_at=moment,
            expires_at=moment + LIFE,
        )
    )
    return codes


def look_up(tx: Transaction, user_id: str, typed: str, origin: audit.Origin) -> DeviceAuthorization | None:
    """What waits for the code that a person has typed. One that is over, or was never given, is the same nothing.

    A person's tries come one after the other, and the wrong ones are counted: nobody finds another's code by trying.
    """
    tx.get(User, user_id, with_for_update=True)
    wrong = audit.count(tx, audit.PROGRAM_CODE_UNKNOWN, user_id, now() - WRONG_WITHIN)
    if wrong >= MOST_WRONG:
        raise TooManyWrong
    same = DeviceAuthorization.user_code_hash == fingerprint(normalised(typed))
    found = tx.scalar(select(DeviceAuthorization).where(same, *_open()))
    if found is None:
        audit.record(tx, audit.PROGRAM_CODE_UNKNOWN, origin, actor=user_id, target=user_id)
    return found


def offered(tx: Transaction, user: User, asked: DeviceAuthorization) -> list[str]:
    """What the program would get: what it asks for, as far as this person has it."""
    return sorted(set(asked.permissions) & {*people.permissions_of(tx, user), OWN_TOKENS})


def approve(tx: Transaction, user: User, asked: DeviceAuthorization, origin: audit.Origin) -> bool:
    """Let the program in as this person. False: somebody has answered it meanwhile."""
    given = offered(tx, user, asked)
    return _answer(tx, user, asked, APPROVED, given) and _tell(
        tx, audit.PROGRAM_APPROVED, user, asked, origin
    )


def deny(tx: Transaction, user: User, asked: DeviceAuthorization, origin: audit.Origin) -> bool:
    """Send the program away. False: somebody has answered it meanwhile."""
    return _answer(tx, user, asked, REFUSED, []) and _tell(tx, audit.PROGRAM_REFUSED, user, asked, origin)


def redeem(
    tx: Transaction, client: Client, device_code: str, origin: audit.Origin
) -> programs.Credentials | str:
    """The program's credentials, once, or the error code for which it has to wait or give up."""
    mine = (
        DeviceAuthorization.device_code_hash == fingerprint(device_code),
        DeviceAuthorization.client_id == client.id,
    )
    asked = tx.scalar(select(DeviceAuthorization).where(*mine))
    if asked is None:
        return INVALID
    if asked.expires_at <= now():
        return EXPIRED
    if too_soon := _too_soon(tx, asked):
        return too_soon
    if asked.state == APPROVED and asked.user_id:
        return _connect(tx, asked, asked.user_id, origin)
    return DENIED if asked.state == REFUSED else PENDING


def normalised(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    letters = [letter for letter in typed.upper() if letter.isalnum()]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _connect(
    tx: Transaction, asked: DeviceAuthorization, user_id: str, origin: audit.Origin
) -> programs.Credentials | str:
    """The person's row first, as where they are suspended: no program slips in beside that."""
    user = tx.get(User, user_id, with_for_update=True)
    used_up = delete(DeviceAuthorization).where(DeviceAuthorization.id == asked.id)
    if user is None or user.status != ACTIVE or not changed_one(tx, used_up):
        return INVALID
    return programs.connect(tx, asked, user_id, origin)


def _too_soon(tx: Transaction, asked: DeviceAuthorization) -> str | None:
    """The error code if the program should have waited: then it waits longer from now on (RFC 8628, section 3.5)."""
    moment, this = now(), DeviceAuthorization.id == asked.id
    following = moment + timedelta(seconds=asked.poll_interval) - JITTER
    due = update(DeviceAuthorization).where(this, DeviceAuthorization.next_poll_at <= moment)
    if changed_one(tx, due.values(next_poll_at=following)):
        return None
    slower = min(asked.poll_interval + SLOWER, SLOWEST)
    still_there = changed_one(tx, update(DeviceAuthorization).where(this).values(poll_interval=slower))
    return SLOW_DOWN if still_there else INVALID  # used up a moment ago, in another hand


def _answer(
    tx: Transaction, user: User, asked: DeviceAuthorization, state: str, permissions: list[str]
) -> bool:
    this = update(DeviceAuthorization).where(DeviceAuthorization.id == asked.id, *_open())
    return changed_one(tx, this.values(state=state, user_id=user.id, permissions=permissions))


def _tell(tx: Transaction, action: str, user: User, asked: DeviceAuthorization, origin: audit.Origin) -> bool:
    told = {"client": asked.client_id, "user_agent": asked.user_agent, "from": asked.address}
    audit.record(tx, action, origin, actor=user.id, target=user.id, **told)
    return True


def _open() -> tuple[ColumnElement[bool], ...]:
    return (DeviceAuthorization.state == WAITING, DeviceAuthorization.expires_at > now())


def _free_user_code(tx: Transaction) -> str:
    """A new code that waits for nobody yet."""
    while True:
        code = normalised("".join(secrets.choice(LETTERS) for _ in range(8)))
        taken = select(func.count()).where(DeviceAuthorization.user_code_hash == fingerprint(code))
        if not tx.scalar(taken):
            return code

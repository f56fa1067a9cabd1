"""The programs of a person: let in, sent away, listed, signed out. All of it at the browser."""

from typing import Any

from apiflask import APIBlueprint
from sqlalchemy.orm import Session as Transaction

from backend.context import backend, origin
from backend.people.models import ACTIVE, User
from backend.programs import grants
from backend.programs import service as programs
from backend.programs.clients import CLIENTS
from backend.programs.models import DeviceAuthorization
from backend.programs.schemas import ProgramList, UserCode, WaitingProgram
from backend.sessions.fresh import freshly_signed_in, in_the_browser
from servicekit.problems import Forbidden, NotFound, TooManyRequests

NO_SUCH_CODE = (
    "There is no such code, or it is over. Compare it with what the program shows, or begin again there."
)
TOO_MANY = "Too many wrong codes. Wait ten minutes."

blueprint = APIBlueprint("programs", __name__, tag="Programs")
Nothing = tuple[str, int]


@blueprint.get("")
@blueprint.output(ProgramList, description="The programs")
@blueprint.doc(operation_id="listPrograms")
def list_programs() -> dict[str, Any]:
    """Programs that you have signed in, the newest first"""
    with backend().database.read() as tx:
        found = programs.of(tx, in_the_browser(tx).user_id)
    return {"items": [vars(program) | {"client": _name(program.client_id)} for program in found]}


@blueprint.delete("/<program_id>")
@blueprint.doc(operation_id="endProgram", responses={204: "It is signed out"})
def end_program(program_id: str) -> Nothing:
    """Sign one program out

    It takes effect at every service within two seconds.
    """
    with backend().database.write() as tx:
        if not programs.end_one(tx, in_the_browser(tx).user_id, program_id, origin()):
            raise NotFound
    return "", 204


@blueprint.post("/lookup")
@blueprint.input(UserCode, arg_name="typed")
@blueprint.output(WaitingProgram, description="The program that shows this code")
@blueprint.doc(operation_id="lookUpProgram")
def look_up_program(typed: UserCode) -> dict[str, Any]:
    """Which program asks to be signed in, from where, for what

    Ten wrong codes in ten minutes are 429, for lookup, approval and refusal together.
    """
    with backend().database.write() as tx:
        me = _me(tx, in_the_browser(tx).user_id)
        found = _waiting(tx, me, typed)
        shown = _shown(tx, me, found, typed) if found else None
    if shown is None:  # only now: that the code was wrong is kept
        raise NotFound(NO_SUCH_CODE)
    return shown


@blueprint.post("/approve")
@blueprint.input(UserCode, arg_name="typed")
@blueprint.doc(operation_id="approveProgram", responses={204: "It is signed in as you"})
def approve_program(typed: UserCode) -> Nothing:
    """Sign the program with this code in as yourself. Asked of who has just signed in"""
    with backend().database.write() as tx:
        me = _me(tx, freshly_signed_in(tx).user_id)
        found = _waiting(tx, me, typed)
        done = found is not None and grants.approve(tx, me, found, origin())
    return _done_or_not_found(done=done)


@blueprint.post("/deny")
@blueprint.input(UserCode, arg_name="typed")
@blueprint.doc(operation_id="denyProgram", responses={204: "It is sent away"})
def deny_program(typed: UserCode) -> Nothing:
    """Send the program with this code away"""
    with backend().database.write() as tx:
        me = _me(tx, in_the_browser(tx).user_id)
        found = _waiting(tx, me, typed)
        done = found is not None and grants.deny(tx, me, found, origin())
    return _done_or_not_found(done=done)


def _me(tx: Transaction, user_id: str) -> User:
    user = tx.get_one(User, user_id)
    if user.status != ACTIVE:
        raise Forbidden("Your account waits for approval: no program can act for you yet.")
    return user


def _waiting(tx: Transaction, me: User, typed: UserCode) -> DeviceAuthorization | None:
    try:
        return grants.look_up(tx, me.id, typed.user_code, origin())
    except grants.TooManyWrong:
        seconds = int(grants.WRONG_WITHIN.total_seconds())
        raise TooManyRequests(TOO_MANY, headers={"Retry-After": str(seconds)}) from None


def _shown(tx: Transaction, me: User, found: DeviceAuthorization, typed: UserCode) -> dict[str, Any]:
    return vars(found) | {
        "client": _name(found.client_id),
        "user_code": grants.normalised(typed.user_code),
        "permissions": grants.offered(tx, me, found),
        "asked_at": found.created_at,
    }


def _done_or_not_found(*, done: bool) -> Nothing:
    if not done:
        raise NotFound(NO_SUCH_CODE)
    return "", 204


def _name(client_id: str) -> str:
    """A client of an earlier release may be gone from the list."""
    client = CLIENTS.get(client_id)
    return client.name if client else client_id

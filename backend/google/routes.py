"""One's own connection to Google, for more than signing in."""

from typing import Any
from urllib.parse import urlencode

from apiflask import APIBlueprint

from backend.context import backend, origin
from backend.google import service as connections
from backend.google.attempts import Ticket
from backend.google.connecting import ACCOUNT
from backend.google.schemas import ConnectionBegun, ConnectionDraft, Disconnected, GoogleConnection
from backend.people.models import ACTIVE, User
from backend.sessions.fresh import in_the_browser
from backend.settings import GOOGLE
from backend.sign_in.attempts import local_path
from servicekit.problems import FieldError, Forbidden, InvalidFields, NotFound

REMOVE_AT = "https://myaccount.google.com/connections"

blueprint = APIBlueprint("google", __name__, tag="Google")


@blueprint.get("")
@blueprint.output(GoogleConnection, description="The connection, or that there is none")
@blueprint.doc(operation_id="getGoogleConnection")
def get_connection() -> dict[str, Any]:
    """What of Google you have connected, and what can be"""
    policy = backend().policy.google
    with backend().database.read() as tx:
        mine = connections.told(tx, in_the_browser(tx).user_id, policy)
    offered = [
        {"name": name, "allows": told.allows, "services": policy.users_of(name)}
        for name, told in policy.scopes.items()
    ]
    return vars(mine) | {"offered": offered}


@blueprint.post("")
@blueprint.input(ConnectionDraft, arg_name="draft")
@blueprint.output(ConnectionBegun, description="Where to go on")
@blueprint.doc(operation_id="connectGoogle")
def begin_connecting(draft: ConnectionDraft) -> dict[str, Any]:
    """Connect Google, or connect more of it

    The browser goes on at `location`, to Google's own page, and comes back to `next`. What is connected already stays.
    """
    _refuse_unknown(draft.scopes)
    with backend().database.read() as tx:
        session = in_the_browser(tx)
        if tx.get_one(User, session.user_id).status != ACTIVE:
            raise Forbidden("Your account waits for approval. Ask an administrator.")
        held = connections.told(tx, session.user_id, backend().policy.google).scopes
    way_back = local_path(draft.next) if draft.next else ACCOUNT
    ticket = Ticket(session.user_id, session.id, sorted({*draft.scopes, *held}), way_back)
    return {"location": f"/auth/google?{urlencode({'ticket': ticket.seal(backend().vault)})}"}


def _refuse_unknown(names: list[str]) -> None:
    errors: list[FieldError] = [
        {"pointer": f"/scopes/{n}", "detail": "Is not offered"}
        for n, name in enumerate(names)
        if name not in backend().policy.google.scopes
    ]
    if errors:
        raise InvalidFields(errors=errors)


@blueprint.delete("")
@blueprint.output(Disconnected, description="It is disconnected")
@blueprint.doc(operation_id="disconnectGoogle")
def disconnect() -> dict[str, Any]:
    """Disconnect Google

    The tokens are deleted here and revoked at the provider. If it does not answer, they are deleted all the same.
    """
    parts = backend()
    with parts.database.write() as tx:
        me = in_the_browser(tx).user_id
        forgotten = connections.forget(tx, parts.vault, me, origin(), actor=me)
    if forgotten is None:
        raise NotFound
    revoked = connections.revoke(parts.grants, forgotten)
    by_hand = REMOVE_AT if parts.settings.client().issuer == GOOGLE else None
    return {"revoked": revoked, "remove_at": None if revoked else by_hand}

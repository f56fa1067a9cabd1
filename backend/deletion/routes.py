"""Delete one's own account."""

from typing import Any

from apiflask import APIBlueprint

from backend.context import backend, origin
from backend.deletion import erasers
from backend.deletion import service as deletion
from backend.deletion.schemas import Deletion
from backend.people.models import DELETING, User
from backend.sessions.fresh import freshly_signed_in, in_the_browser

blueprint = APIBlueprint("deletion", __name__, tag="Deletion of the account")


@blueprint.delete("")
@blueprint.output(Deletion, status_code=202, description="It has begun")
@blueprint.doc(operation_id="deleteAccount")
def delete_account() -> tuple[dict[str, Any], int]:
    """Delete your account, at every service

    Asked of who has just signed in; the last administrator cannot. Other sessions and all access tokens end at once.
    `GET /api/account` tells how far it is, and 401 in the end. It cannot be undone.
    """
    parts = backend()
    with parts.database.write() as tx:
        session = in_the_browser(tx, leaving=True)
        if tx.get_one(User, session.user_id).status != DELETING:
            freshly_signed_in(tx)
        deletion.begin(tx, session.user_id, session.id, erasers.names(parts), origin())
        tx.flush()
        return deletion.shown(tx, [session.user_id])[session.user_id], 202

"""One's own account."""

from typing import Any

from apiflask import APIBlueprint

from backend.account.schemas import Account
from backend.context import backend
from backend.deletion import service as deletion
from backend.people import service as people
from backend.people.models import SUSPENDED, User
from servicekit.identity import current_identity
from servicekit.problems import Unauthenticated

blueprint = APIBlueprint("account", __name__, tag="Account")


@blueprint.get("")
@blueprint.output(Account)
@blueprint.doc(summary="Who I am and what I may do", operation_id="getAccount")
def own_account() -> dict[str, Any]:
    """Also for a person who waits for approval (`pending`), or whose account is being deleted: without permissions."""
    with backend().database.read() as tx:
        user = tx.get(User, current_identity().subject)
        if user is None or user.status == SUSPENDED:
            raise Unauthenticated
        rights = {"roles": people.roles_of(tx, user.id), "permissions": people.permissions_of(tx, user)}
        told = rights | {"deletion": deletion.shown(tx, [user.id]).get(user.id)}
        return {name: getattr(user, name) for name in Account.model_fields if name not in told} | told

"""Roles and permissions, for administrators."""

from typing import Any

from apiflask import APIBlueprint
from sqlalchemy.orm import Session as Transaction

from backend.context import backend, origin
from backend.people.actor import current_actor
from backend.roles import service as roles
from backend.roles.schemas import RoleChange, RoleDraft, Roles
from servicekit.guards import require

blueprint = APIBlueprint("roles", __name__, tag="Roles")


@blueprint.get("")
@require("users:manage")
@blueprint.output(Roles, description="Roles and permissions")
@blueprint.doc(operation_id="listRoles")
def list_roles() -> dict[str, Any]:
    """List the roles, and all permissions that there are"""
    with backend().database.read() as tx:
        return _shown(tx)


@blueprint.post("")
@require("users:manage")
@blueprint.input(RoleDraft, arg_name="draft")
@blueprint.output(Roles, status_code=201, description="The roles as they are now")
@blueprint.doc(operation_id="createRole")
def create_role(draft: RoleDraft) -> tuple[dict[str, Any], int]:
    """Make a role

    Nobody puts more into it than they may themselves; `users:manage` asks for a fresh sign-in.
    """
    roles.refuse_unknown(backend().policy, draft.permissions)
    with backend().database.write() as tx:
        roles.make(tx, current_actor(tx), draft.name, draft.permissions, origin())
        return _shown(tx), 201


@blueprint.put("/<name>")
@require("users:manage")
@blueprint.input(RoleChange, arg_name="change")
@blueprint.output(Roles, description="The roles as they are now")
@blueprint.doc(operation_id="changeRole")
def change_role(name: str, change: RoleChange) -> dict[str, Any]:
    """Change what a role allows

    It counts for all who have it, at every service, within two seconds.
    """
    roles.refuse_unknown(backend().policy, change.permissions)
    with backend().database.write() as tx:
        roles.change(tx, current_actor(tx), name, change.permissions, origin())
        return _shown(tx)


@blueprint.delete("/<name>")
@require("users:manage")
@blueprint.doc(operation_id="removeRole", responses={204: "It is gone"})
def remove_role(name: str) -> tuple[str, int]:
    """Remove a role from everybody who has it"""
    with backend().database.write() as tx:
        roles.remove(tx, current_actor(tx), name, origin())
    return "", 204


def _shown(tx: Transaction) -> dict[str, Any]:
    described = backend().policy.described
    permissions = [{"name": name, "description": text} for name, text in described.items()]
    tx.flush()
    return {"items": roles.all_of_them(tx), "permissions": permissions}

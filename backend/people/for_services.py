"""GET /internal/people/<id>/roles: what a service that comes as itself may know of somebody. No name, no address."""

from apiflask import APIBlueprint
from pydantic import BaseModel
from sqlalchemy import select

from backend.context import backend
from backend.people.models import User, UserRole
from servicekit import require

ROLES = "people:roles"
"""In [platform] of contracts/policy.toml: no person has it."""
blueprint = APIBlueprint("people_for_services", __name__, enable_openapi=False)


class RolesOf(BaseModel):
    roles: list[str]
    known: bool


@blueprint.get("/<person>/roles")
@require(ROLES)
@blueprint.output(RolesOf)
def roles_of(person: str) -> RolesOf:
    """Which roles somebody has; none, and not `known`, if there is nobody of this id, or not any more."""
    theirs = select(UserRole.role).where(UserRole.user_id == person).order_by(UserRole.role)
    with backend().database.read() as tx:
        return RolesOf(roles=list(tx.scalars(theirs)), known=tx.get(User, person) is not None)

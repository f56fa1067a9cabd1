"""People, for administrators."""

from typing import Any

from apiflask import APIBlueprint
from sqlalchemy.orm import Session as Transaction

from backend.context import backend, origin
from backend.deletion import service as deletion
from backend.paging import page_of
from backend.people import administration, listing
from backend.people import service as people
from backend.people.actor import current_actor
from backend.people.models import DELETING, User
from backend.people.schemas import Change, People, PeopleQuery, Person
from servicekit.guards import require
from servicekit.problems import NotFound

PLAIN = [name for name in Person.model_fields if name not in {"roles", "last_seen_at", "deletion"}]
blueprint = APIBlueprint("people", __name__, tag="People")


@blueprint.get("")
@require("users:manage")
@blueprint.input(PeopleQuery, location="query", arg_name="query")
@blueprint.output(People, description="A page of people")
@blueprint.doc(operation_id="listPeople")
def list_people(query: PeopleQuery) -> dict[str, Any]:
    """List people, the newest first"""
    wanted = listing.Wanted(query.q or None, query.status, query.role, query.id)
    with backend().database.read() as tx:
        found = listing.people_like(tx, wanted, query.cursor, query.limit + 1)
        page, following = page_of(found, query.limit)
        return {"items": _shown(tx, page), "next": following}


@blueprint.get("/<user_id>")
@require("users:manage")
@blueprint.output(Person, description="The person")
@blueprint.doc(operation_id="readPerson")
def read_person(user_id: str) -> dict[str, Any]:
    """Read one person"""
    with backend().database.read() as tx:
        return _shown(tx, [_known(tx, user_id)])[0]


@blueprint.patch("/<user_id>")
@require("users:manage")
@blueprint.input(Change, arg_name="change")
@blueprint.output(Person, description="The person as they are now")
@blueprint.doc(operation_id="changePerson")
def change_person(user_id: str, change: Change) -> dict[str, Any]:
    """Approve, suspend or reactivate a person, give and take roles

    It counts at every service within two seconds. Nobody gives or touches more than they may themselves; giving
    `users:manage`, or letting in who has it, asks for a fresh sign-in, and one administrator always remains.
    """
    with backend().database.write() as tx:
        user, actor = people.locked(tx, _known(tx, user_id).id), current_actor(tx)
        if change.roles is not None:
            administration.refuse_unknown(tx, change.roles, "/roles")
            administration.change_roles(tx, actor, user, change.roles, origin())
        if change.status is not None:
            administration.change_status(tx, actor, user, change.status, origin())
        tx.flush()
        return _shown(tx, [user])[0]


def _known(tx: Transaction, user_id: str) -> User:
    user = tx.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def _shown(tx: Transaction, page: list[User]) -> list[dict[str, Any]]:
    ids = [user.id for user in page]
    roles, seen = listing.roles_by_person(tx, ids), listing.last_seen(tx, ids)
    leaving = deletion.shown(tx, [user.id for user in page if user.status == DELETING])
    return [
        {name: getattr(user, name) for name in PLAIN}
        | {"roles": roles[user.id], "last_seen_at": seen.get(user.id), "deletion": leaving.get(user.id)}
        for user in page
    ]

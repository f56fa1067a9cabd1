"""Invitations: made and withdrawn by administrators, accepted by who signs in."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint

from backend.context import backend, origin
from backend.invitations import service as invitations
from backend.invitations.schemas import (
    Invitation,
    InvitationDraft,
    InvitationQuery,
    Invitations,
    NewInvitation,
)
from backend.paging import page_of
from backend.people import administration
from backend.people import service as people
from backend.people.actor import current_actor
from backend.sessions.fresh import in_the_browser
from servicekit.guards import require

blueprint = APIBlueprint("invitations", __name__, tag="Invitations")
acceptance = APIBlueprint("acceptance", __name__, tag="Accepting an invitation")


@blueprint.get("")
@require("users:manage")
@blueprint.input(InvitationQuery, location="query", arg_name="query")
@blueprint.output(Invitations, description="A page of invitations")
@blueprint.doc(operation_id="listInvitations")
def list_invitations(query: InvitationQuery) -> dict[str, Any]:
    """List invitations, the newest first"""
    with backend().database.read() as tx:
        page, following = page_of(invitations.of_all(tx, query.cursor, query.limit + 1), query.limit)
    return {"items": page, "next": following}


@blueprint.post("")
@require("users:manage")
@blueprint.input(InvitationDraft, arg_name="draft")
@blueprint.output(NewInvitation, status_code=201, description="The invitation, with its link")
@blueprint.doc(operation_id="createInvitation")
def create_invitation(draft: InvitationDraft) -> tuple[dict[str, Any], int]:
    """Invite somebody by e-mail address

    The link works once, for who signs in with this address, confirmed by their provider. Sending it is up to you.
    """
    parts = backend()
    with parts.database.write() as tx:
        administration.refuse_unknown(tx, [draft.role], "/role")
        life = timedelta(days=draft.days)
        made, code = invitations.invite(tx, current_actor(tx), draft.email, draft.role, life, origin())
        shown = {name: getattr(made, name) for name in Invitation.model_fields}
    return shown | {"link": invitations.link(parts.settings.public_url, code)}, 201


@blueprint.delete("/<invitation_id>")
@require("users:manage")
@blueprint.doc(operation_id="withdrawInvitation", responses={204: "It is withdrawn"})
def withdraw_invitation(invitation_id: str) -> tuple[str, int]:
    """Withdraw an invitation"""
    with backend().database.write() as tx:
        invitations.withdraw(tx, current_actor(tx), invitation_id, origin())
    return "", 204


@acceptance.post("/<code>")
@acceptance.doc(operation_id="acceptInvitation", responses={204: "You are in"})
def accept_invitation(code: str) -> tuple[str, int]:
    """Accept an invitation"""
    with backend().database.write() as tx:
        invitations.accept(tx, people.locked(tx, in_the_browser(tx).user_id), code, origin())
    return "", 204

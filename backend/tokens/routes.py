"""One's own personal access tokens."""

from typing import Any

from apiflask import APIBlueprint

from backend.context import backend, origin
from backend.people import service as people
from backend.programs.clients import OWN_TOKENS
from backend.sessions.fresh import freshly_signed_in, in_the_browser_or_granted
from backend.tokens import service as tokens
from backend.tokens.schemas import NewToken, Token, TokenDraft, TokenList
from servicekit.ids import now
from servicekit.problems import FieldError, InvalidFields, NotFound

MOST_TOKENS = f"There are {tokens.MOST} tokens already; revoke one first"

blueprint = APIBlueprint("tokens", __name__, tag="Access tokens")
Answer = tuple[dict[str, Any], int]
Nothing = tuple[str, int]


@blueprint.get("")
@blueprint.output(TokenList, description="The tokens")
@blueprint.doc(operation_id="listTokens")
def list_tokens() -> dict[str, Any]:
    """Your personal access tokens, the newest first"""
    with backend().database.read() as tx:
        return {"items": tokens.of(tx, in_the_browser_or_granted(tx, OWN_TOKENS))}


@blueprint.post("")
@blueprint.input(TokenDraft, arg_name="draft")
@blueprint.output(NewToken, status_code=201, description="The new token, with its text")
@blueprint.doc(operation_id="createToken")
def create_token(draft: TokenDraft) -> Answer:
    """Make a personal access token

    It may do what you choose here, and never more than you may at that moment. Asked of who has just signed in.
    """
    if draft.expires_at and draft.expires_at <= now():
        raise InvalidFields(errors=[{"pointer": "/expires_at", "detail": "Must be in the future"}])
    with backend().database.write() as tx:
        me = people.locked(tx, freshly_signed_in(tx).user_id)
        _refuse_more_than(people.permissions_of(tx, me), draft.permissions)
        try:
            made, text = tokens.make(tx, me.id, draft.name, draft.permissions, draft.expires_at, origin())
        except tokens.TooMany:
            raise InvalidFields(errors=[{"pointer": "/name", "detail": MOST_TOKENS}]) from None
        return {name: getattr(made, name) for name in Token.model_fields} | {"token": text}, 201


def _refuse_more_than(held: list[str], wanted: list[str]) -> None:
    errors: list[FieldError] = [
        {"pointer": f"/permissions/{n}", "detail": "You do not have this permission yourself"}
        for n, permission in enumerate(wanted)
        if permission not in held
    ]
    if errors:
        raise InvalidFields(errors=errors)


@blueprint.delete("/<token_id>")
@blueprint.doc(operation_id="revokeToken", responses={204: "It is revoked"})
def revoke_token(token_id: str) -> Nothing:
    """Revoke an access token

    It takes effect at every service within two seconds.
    """
    with backend().database.write() as tx:
        me = in_the_browser_or_granted(tx, OWN_TOKENS)
        if not tokens.revoke(tx, me, token_id, origin()):
            raise NotFound
    return "", 204

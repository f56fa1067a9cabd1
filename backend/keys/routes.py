"""The public keys of the identity tokens."""

from apiflask import APIBlueprint
from flask import Response, json

from backend.context import backend

blueprint = APIBlueprint("keys", __name__, tag="Identity tokens")


@blueprint.get("/jwks.json")
@blueprint.doc(summary="Public keys that identity tokens are signed with", operation_id="getKeys")
def jwks() -> Response:
    """A JSON Web Key Set (RFC 7517, section 5)."""
    answer = Response(json.dumps(backend().keys.public()), content_type="application/jwk-set+json")
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer

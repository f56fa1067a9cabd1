"""Where a service answers the backend for an administrator. Inside only: no door leads here.

The backend asks with an identity token of the administrator for this service. What `contracts/policy.toml` lets the
door tell a service does not name the permission, so nobody comes here with a token that was meant for something else.
To have a letter sent again asks for one of its own: with that, and no other, a service gets a new message token.
"""

from apiflask import APIBlueprint

from servicekit.guards import Room, require, signed_in
from servicekit.operations.desk import Desk
from servicekit.operations.schemas import DeadLetter, DeadLetters, LettersQuery, ServiceState
from servicekit.people import INTERNAL

MANAGE = "operations:manage"
SEND_AGAIN = f"{INTERNAL}send-again"
"""In no policy: only the backend gives it, to who has MANAGE, when they decide so."""


def room(desk: Desk) -> Room:
    """`/internal/operations`: how far its events are, its dead letters, and what is to become of each."""
    blueprint = APIBlueprint("operations", __name__, enable_openapi=False)

    @blueprint.get("")
    @require(MANAGE)
    @blueprint.output(ServiceState)
    def state() -> ServiceState:
        return desk.state()

    @blueprint.get("/dead-letters")
    @require(MANAGE)
    @blueprint.input(LettersQuery, location="query", arg_name="query")
    @blueprint.output(DeadLetters)
    def letters(query: LettersQuery) -> DeadLetters:
        return desk.page(query)

    @blueprint.get("/dead-letters/<letter_id>")
    @require(MANAGE)
    @blueprint.output(DeadLetter)
    def letter(letter_id: str) -> DeadLetter:
        return desk.letter(letter_id)

    @blueprint.post("/dead-letters/<letter_id>/again")
    @require(SEND_AGAIN)
    def send_again(letter_id: str) -> tuple[str, int]:
        desk.send_again(letter_id)
        return "", 204

    @blueprint.delete("/dead-letters/<letter_id>")
    @require(MANAGE)
    def drop(letter_id: str) -> tuple[str, int]:
        desk.drop(letter_id)
        return "", 204

    return Room(blueprint, "/internal/operations", signed_in)

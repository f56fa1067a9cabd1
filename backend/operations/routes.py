"""The events of all services, for administrators: how far they are, and what becomes of dead letters."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint

from backend.audit import service as audit
from backend.context import backend, origin
from backend.operations import service as operations
from backend.operations.places import Place, place_of
from backend.operations.schemas import Operations
from servicekit.guards import require
from servicekit.identity import current_identity
from servicekit.ids import is_id
from servicekit.operations.desk import GONE
from servicekit.operations.room import MANAGE
from servicekit.operations.schemas import DeadLetter, DeadLetters, LettersQuery
from servicekit.problems import NotFound, Problem

blueprint = APIBlueprint("operations", __name__, tag="Operations")


@blueprint.get("")
@require(MANAGE)
@blueprint.output(Operations, description="The services")
@blueprint.doc(operation_id="getOperations")
def get_operations() -> dict[str, Any]:
    """How far the events of all services are

    A service that does not answer is named as such; of the others all is told.
    """
    return {"services": operations.of_all(backend())}


@blueprint.get("/<service>/dead-letters")
@require(MANAGE)
@blueprint.input(LettersQuery, location="query", arg_name="query")
@blueprint.output(DeadLetters, description="A page of dead letters")
@blueprint.doc(operation_id="listDeadLetters")
def list_dead_letters(service: str, query: LettersQuery) -> DeadLetters:
    """List the dead letters of a queue, what was found last first

    Of the payload its shape is told, no content.
    """
    return place_of(backend(), service).page(query)


@blueprint.post("/<service>/dead-letters/<letter_id>/again")
@require(MANAGE)
@blueprint.doc(operation_id="sendDeadLetterAgain", responses={204: "It is being tried"})
def send_dead_letter_again(service: str, letter_id: str) -> tuple[str, int]:
    """Have a dead letter tried once more

    By the queue in which it was buried, and no other; as often as a new one. What was handled meanwhile is not
    handled a second time. 404: it is gone already; 409: it is being tried.
    """
    _decide(service, letter_id, audit.LETTER_SENT_AGAIN, _send_again)
    return "", 204


@blueprint.delete("/<service>/dead-letters/<letter_id>")
@require(MANAGE)
@blueprint.doc(operation_id="dropDeadLetter", responses={204: "It is forgotten"})
def drop_dead_letter(service: str, letter_id: str) -> tuple[str, int]:
    """Forget a dead letter

    404: it is gone already; 409: it is being tried.
    """
    _decide(service, letter_id, audit.LETTER_DROPPED, lambda place, letter: place.drop(letter.id))
    return "", 204


def _send_again(place: Place, letter: DeadLetter) -> None:
    """The service gets a new message token for this very event, as it was noted, and for no other."""
    place.send_again(letter.id, letter.event_id)


def _decide(service: str, letter_id: str, action: str, decision: Callable[[Place, DeadLetter], None]) -> None:
    """Noted before it is done, so that nothing is done unseen; where it was refused, that is noted, too."""
    parts, me = backend(), current_identity().subject
    place = place_of(parts, service)
    if not is_id(letter_id):
        raise NotFound(GONE)
    letter = place.letter(letter_id)
    told = {
        "service": service,
        "queue": letter.queue,
        "letter": letter_id,
        "event": letter.event_type,
        "event_id": letter.event_id,
    }
    with parts.database.write() as tx:
        audit.record(tx, action, origin(), actor=me, **told)
    try:
        decision(place, letter)
    except Problem as problem:
        with parts.database.write() as tx:
            audit.record(
                tx, audit.LETTER_REFUSED, origin(), actor=me, asked=action, status=problem.status, **told
            )
        raise

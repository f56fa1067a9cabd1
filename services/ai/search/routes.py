"""The API of the search."""

from typing import Any

from apiflask import APIBlueprint

from ai.parts import parts
from ai.search import schemas, words
from ai.search.answering import search
from servicekit import current_identity, require

blueprint = APIBlueprint("search", __name__, tag="Search")


@blueprint.post("/search")
@require("ai:use", "documents:read")
@blueprint.input(schemas.SearchIn, arg_name="asked")
@blueprint.output(schemas.SearchOut, description="Documents, the best first, each with its best passage")
@blueprint.doc(operation_id="searchByMeaning")
def search_by_meaning(asked: schemas.SearchIn) -> dict[str, Any]:
    """Search one's own documents by meaning and by words

    Both rankings become one by reciprocal rank fusion.
    """
    person = current_identity().subject
    parts().pace.step(person)
    with parts().seekers.one_of(person):
        return search(person, person, asked.query, asked.limit, words.own)

"""The API of the trial."""

from typing import Any

from apiflask import APIBlueprint

from ai.database import database
from ai.language.detection import is_spanish, ranking
from ai.parts import parts
from ai.search import words
from ai.search.answering import search
from ai.search.schemas import SearchOut
from ai.tags.schemas import SuggestionsOut
from ai.tags.suggesting import Asked
from ai.trial import schemas
from ai.trial.paying import paid
from servicekit import current_identity

blueprint = APIBlueprint("trying", __name__, tag="Samples")
SAMPLES = "visitor:samples"  # as documents calls who has its samples
MOST = 5
Answer = tuple[dict[str, Any], int, dict[str, str]]


@blueprint.post("/search")
@blueprint.input(schemas.TrialSearchIn, arg_name="asked")
@blueprint.output(SearchOut, description="Samples, the best first, each with its best passage")
@blueprint.doc(operation_id="trySearch")
def try_search(asked: schemas.TrialSearchIn) -> Answer:
    """Search the samples by meaning and by words"""
    visitor = current_identity()
    with paid(parts(), visitor, asked.query) as left:
        return search(SAMPLES, visitor.subject, asked.query, MOST, words.samples), 200, left


@blueprint.post("/language")
@blueprint.input(schemas.TrialTextIn, arg_name="given")
@blueprint.output(schemas.TrialLanguageOut, description="Languages, the most probable first")
@blueprint.doc(operation_id="tryLanguage")
def try_language(given: schemas.TrialTextIn) -> Answer:
    """Tell the language of a text"""
    english = parts().meaning.english
    with paid(parts(), current_identity(), given.text) as left:
        told = {
            "languages": [language._asdict() for language in ranking(given.text)],
            "english": english.of(given.text) if is_spanish(given.text) else None,
        }
    return told, 200, left


@blueprint.post("/tags")
@blueprint.input(schemas.TrialTextIn, arg_name="given")
@blueprint.output(SuggestionsOut, description="Tags, the best first")
@blueprint.doc(operation_id="tryTags")
def try_tags(given: schemas.TrialTextIn) -> Answer:
    """Suggest tags for a text, those of the samples among them"""
    model = parts().suggester
    asked = Asked(SAMPLES, current_identity().subject, title="", body=given.text)
    with paid(parts(), current_identity(), given.text) as left, database().read() as session:
        items = model.suggest(session, asked, MOST)
    return {"id": None, "model": model.name, "items": items}, 200, left

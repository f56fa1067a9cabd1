"""What is checked before a job begins, and what is kept for it: whoever asks for the impossible is told at once."""

import io
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from ai.ask.asking import first_for_chat
from ai.jobs.schemas import JobIn
from ai.language.detection import language_of
from ai.models.catalog import CHAT, Model
from ai.parts import Parts
from ai.problems import NotForThisModel
from servicekit import as_user
from servicekit.guards import check
from servicekit.identity import Identity
from servicekit.jobs.content import pieces_of
from servicekit.problems import InvalidFields

WRITES = ("ai:use", "documents:read", "documents:write")
NEEDS = {
    "summarise": WRITES,
    "translate": WRITES,
    "tag": WRITES,
    "index": ("ai:use", "documents:read"),
}
"""The permissions of each kind: when it begins, and for as long as it goes on."""
OF_ONE = ("summarise", "translate")
LARGEST = 8 * 1024 * 1024  # bytes of a document with its title and tags, as JSON
NEEDED, NOT_TAKEN = "This kind of job needs it.", "This kind of job takes none."


class Wish(NamedTuple):
    """A job as it is submitted: what it is told, and the document that it is about as it is now."""

    params: dict[str, Any]
    pieces: Sequence[bytes] = ()


def wish(parts: Parts, identity: Identity, asked: JobIn) -> Wish:
    """What is to be done. The problem that is raised says what cannot be."""
    _check_fields(asked)
    for permission in NEEDS[asked.kind]:
        check(identity, permission)
    if asked.document is None:
        return Wish({})
    model = chosen(parts, identity, asked)
    document = as_user("documents", "documents:read").get(f"/{asked.document}").json()
    if asked.into is not None:
        _check_language(document, asked.into)
    params = {"document": asked.document, "title": document["title"], "model": model and model.id}
    kept = json.dumps({name: document[name] for name in ("title", "body", "tags")}, ensure_ascii=False)
    pieces = pieces_of(io.BytesIO(kept.encode()), LARGEST)
    return Wish(params | ({"into": asked.into} if asked.into else {}), pieces)


def chosen(parts: Parts, identity: Identity, asked: JobIn) -> Model | None:
    """The model that does it; None: Apertium, which translates where there is no model but the bundled one."""
    model = parts.catalog.find(asked.model or first_for_chat(parts, identity), "chat", identity)
    if asked.kind != "translate" or model.upstream is not None:
        return model
    if asked.model is not None:
        raise NotForThisModel(f"{CHAT.id} does not translate. Leave it out, or choose another model.")
    if not parts.meaning.english.available:
        raise NotForThisModel("Nothing that is installed here translates. Ask an administrator for a model.")
    return None


def _check_fields(asked: JobIn) -> None:
    """Which fields there must be, and which there must not, depends on the kind."""
    wanted = {
        "document": asked.kind in OF_ONE,
        "into": asked.kind == "translate",
        "model": asked.kind in OF_ONE and asked.model is not None,
    }
    given = {name: getattr(asked, name) is not None for name in wanted}
    wrong = [name for name in wanted if wanted[name] != given[name]]
    if wrong:
        raise InvalidFields(
            errors=[
                {"pointer": f"/{name}", "detail": NEEDED if wanted[name] else NOT_TAKEN} for name in wrong
            ]
        )


def _check_language(document: dict[str, Any], into: str) -> None:
    """Between Spanish and English only; a text without words is in any language."""
    language = language_of(f"{document['title']}. {document['body']}")
    if language == into:
        raise InvalidFields(
            errors=[{"pointer": "/into", "detail": "The document is in this language already."}]
        )
    if language not in {"es", "en", "und"}:
        detail = "The document seems to be in neither Spanish nor English."
        raise InvalidFields(errors=[{"pointer": "/document", "detail": detail}])

"""Keeping what was suggested, and what the person chose: models learn from it."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ai import events
from ai.tags.models import TagSuggestion
from ai.tags.suggesting import Suggestion
from servicekit.database import changed_one
from servicekit.ids import is_id, new_id, now
from servicekit.people import File
from servicekit.problems import Conflict, NotFound

ERASED_AT_ONCE = 500
KEPT = 200  # suggestions of a person that nobody has answered


def keep(
    session: Session, owner: str, document_id: str | None, model: str, offered: Sequence[Suggestion]
) -> str:
    """Remember what was offered; the id under which to tell what was chosen."""
    suggestion = TagSuggestion(
        id=new_id(),
        owner=owner,
        document_id=document_id if document_id and is_id(document_id) else None,
        model=model,
        offered=json.dumps([vars(each) for each in offered], ensure_ascii=False),
        made_at=now(),
    )
    session.add(suggestion)
    _tidy(session, owner)
    return suggestion.id


def choose(
    session: Session, owner: str, suggestion_id: str, document_id: str | None, tags: Sequence[str]
) -> None:
    """What the person made of it, once. NotFound also when it is another's."""
    found = session.get(TagSuggestion, suggestion_id) if is_id(suggestion_id) else None
    if found is None or found.owner != owner:
        raise NotFound
    document = document_id if document_id and is_id(document_id) else found.document_id
    chosen = {
        "chosen": json.dumps(list(tags), ensure_ascii=False),
        "chosen_at": now(),
        "document_id": document,
    }
    this = (TagSuggestion.id == suggestion_id, TagSuggestion.owner == owner, TagSuggestion.chosen.is_(None))
    if not changed_one(session, update(TagSuggestion).where(*this).values(chosen)):
        raise Conflict("It has been told already what was chosen of this suggestion.")
    events.tags_chosen(session, owner, suggestion_id, document, found.model, **_counted(found.offered, tags))


def files(session: Session, owner: str) -> Iterator[File]:
    """For the person's export: what they chose."""
    mine = select(TagSuggestion).where(TagSuggestion.owner == owner).order_by(TagSuggestion.id)
    told = [
        {
            "document_id": row.document_id,
            "model": row.model,
            "offered": json.loads(row.offered),
            "chosen": None if row.chosen is None else json.loads(row.chosen),
            "made_at": row.made_at.isoformat(),
        }
        for row in session.scalars(mine)
    ]
    if told:
        yield File("tag-suggestions.json", json.dumps(told, ensure_ascii=False, indent=2))


def erase_some(session: Session, owner: str) -> bool:
    """Whether nothing is left."""
    some = session.scalars(select(TagSuggestion.id).where(TagSuggestion.owner == owner).limit(ERASED_AT_ONCE))
    ids = list(some)
    if ids:
        session.execute(delete(TagSuggestion).where(TagSuggestion.id.in_(ids)))
    return len(ids) < ERASED_AT_ONCE


def _tidy(session: Session, owner: str) -> None:
    """What was offered long ago and never answered teaches nothing."""
    unanswered = (TagSuggestion.owner == owner, TagSuggestion.chosen.is_(None))
    old = select(TagSuggestion.id).where(*unanswered).order_by(TagSuggestion.made_at.desc())
    ids = list(session.scalars(old.offset(KEPT).limit(ERASED_AT_ONCE)))
    if ids:
        session.execute(delete(TagSuggestion).where(TagSuggestion.id.in_(ids)))


def _counted(offered: str, tags: Sequence[str]) -> dict[str, int]:
    """How many of each kind were offered and chosen, and how many the person added: no tag leaves this service."""
    sources = {each["tag"].casefold(): each["source"] for each in json.loads(offered)}
    chosen = [sources.get(tag.casefold()) for tag in dict.fromkeys(tags)]
    return {
        "offered_own": sum(source == "own" for source in sources.values()),
        "offered_new": sum(source == "new" for source in sources.values()),
        "chosen_own": chosen.count("own"),
        "chosen_new": chosen.count("new"),
        "added": chosen.count(None),
    }

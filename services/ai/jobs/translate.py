"""The kind of job that translates a document: its texts one after another, and what is no text stays as it is."""

import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache, partial

from ai.jobs import asking, document
from ai.jobs.document import Draft
from ai.jobs.service import NEEDS
from ai.language.detection import NAMES
from ai.language.english import English
from ai.language.markdown import MARK, Piece, pieces
from ai.language.pipeline import Broken
from ai.language.translation import translated
from ai.models.catalog import Model
from ai.parts import Parts
from servicekit.jobs import Kind, Step, Work
from servicekit.problems import Unavailable

MOST_BYTES = 4_000  # of texts that a model is given at once
NUMBERED = re.compile(r"^[ \t]*<(\d{1,4})>[ \t]?(.*)$", re.MULTILINE)
LOOSE = re.compile(r"[*_~]{1,3}|!?\[|\]")
"""Marks that a translation may set elsewhere; all others must be there again."""

Some = list[str | None]
"""Translations, in order; None: there is none, and the text stays as it is."""
Translate = Callable[[Sequence[str]], Some]
"""Of the first of these texts, as many as are done in half a second or in one question; of one at least."""


def steps(parts: Parts, work: Work) -> Generator[Step, None, None]:
    """`position` is the id of the translation; the texts that are done are `made`, the title's is the first."""
    if document.is_saved(work):
        return
    draft, translate = document.of(work), _translator(parts, work)
    cut = _cut(draft.body)
    texts = [draft.title, *(piece.text for piece in cut if piece.is_read)]
    total = len(texts) + 1
    made = yield from document.begun(work, total)
    done: Some = [text for some in work.made() for text in json.loads(some)]
    while len(done) < len(texts):
        work.check()
        some = translate(texts[len(done) :])
        done += some
        yield Step(
            len(done), total, made, made=[json.dumps(some, ensure_ascii=False).encode(errors="replace")]
        )
    title, *rest = [new or old for old, new in zip(texts, done, strict=True)]
    following = iter(rest)
    body = "".join(next(following) if piece.is_read else piece.text for piece in cut)
    left = done.count(None)
    told = ("left_in_places", f"{left} of {len(done)} texts could not be translated, and are as they were.")
    yield document.saved(work, made, Draft(title, body, draft.tags), total, *(told if left else ()))


@lru_cache(maxsize=2)
def _cut(body: str) -> list[Piece]:
    """A job comes back after each turn: a long document is not taken apart each time."""
    return pieces(body)


def _translator(parts: Parts, work: Work) -> Translate:
    into = work.job.params["into"]
    if work.job.params["model"] is None:
        return partial(_by_apertium, parts.meaning.spanish if into == "es" else parts.meaning.english, work)
    return partial(_by_model, parts, work, asking.model_of(parts, work))


def _by_apertium(apertium: English, work: Work, texts: Sequence[str]) -> Some:
    try:
        return [translated(apertium, text) for text in work.for_a_step(texts)]
    except Broken:
        raise Unavailable("Apertium does not answer.") from None


def _by_model(parts: Parts, work: Work, model: Model, texts: Sequence[str]) -> Some:
    """Several texts in one question, each under its number; what does not come back whole is asked for alone."""
    room, some = min(MOST_BYTES, 2 * model.answer), list[str]()
    for text in texts:
        room -= len(text.encode(errors="replace"))
        if some and room < 0:
            break
        some.append(text)
    done = _asked(parts, work, model, some)
    if len(some) > 1:
        return [
            new if new is not None else _asked(parts, work, model, [old])[0]
            for old, new in zip(some, done, strict=True)
        ]
    return done


def _asked(parts: Parts, work: Work, model: Model, texts: Sequence[str]) -> Some:
    into = work.job.params["into"]
    task = (
        f"Translate each line into {NAMES[into]}. A line begins with its number, as <1>: answer with the same numbers, "
        "a line for each, and with nothing else. Keep Markdown, code, addresses and names of files exactly as they are."
    )
    lines = "\n".join(f"<{number}> {' '.join(text.split())}" for number, text in enumerate(texts, 1))
    told, whole = asking.said(parts, work, model, task, lines, model.answer)
    found = {int(number): text.strip() for number, text in NUMBERED.findall(told)}
    if not whole and found:
        found.popitem()  # it may have been broken off
    return [_sound(text, found.get(number)) for number, text in enumerate(texts, 1)]


def _sound(text: str, new: str | None) -> str | None:
    """A translation with the same code and addresses as the text."""
    return new if new and _marks(new) == _marks(text) else None


def _marks(text: str) -> Counter[str]:
    return Counter(mark[0] for mark in MARK.finditer(text) if not LOOSE.fullmatch(mark[0]))


def kind(parts: Parts) -> Kind:
    return Kind("translate", NEEDS["translate"], partial(steps, parts))

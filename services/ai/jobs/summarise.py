"""The kind of job that summarises a long document: part by part, then what was said of several parts, down to one."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from ai.index.passages import pieces
from ai.jobs import asking, document
from ai.jobs.document import Draft
from ai.jobs.service import NEEDS
from ai.language.detection import NAMES, language_of
from ai.models.catalog import Model
from ai.parts import Parts
from servicekit.jobs import JobFailed, Kind, Step, Work

LONGEST_PART = 12_000  # bytes: models that could read more at once tell less of it
ANSWER, LONGEST_NOTE = 300, 1_200  # tokens, and bytes of what is gone on with
TEMPLATE = 600  # tokens around a part
LEAST_ROOM = 1_000
TITLES = {"es": "Resumen de {}", "en": "Summary of {}"}
FOOTNOTES = {
    "es": "*Resumen de [{title}](/app/documents/{id}), hecho por {model}.*",
    "en": "*Summary of [{title}](/app/documents/{id}), made by {model}.*",
}


@dataclass(frozen=True)
class Plan:
    """Which calls there will be: those of the first level read `parts`, of others `fan` answers of the one before."""

    parts: tuple[str, ...]
    fan: int

    @property
    def levels(self) -> list[int]:
        found = [len(self.parts)]
        while found[-1] > 1:
            found.append(-(-found[-1] // self.fan))
        return found

    @property
    def calls(self) -> int:
        return sum(self.levels)

    def read_by(self, call: int, answers: Sequence[str]) -> list[str]:
        """What a call is to read."""
        if call < len(self.parts):
            return [self.parts[call]]
        begins = [0, *accumulate(self.levels)]
        level = max(place for place, begin in enumerate(begins) if begin <= call)
        first = begins[level - 1] + (call - begins[level]) * self.fan
        return list(answers[first : min(first + self.fan, begins[level])])


def plan(body: str, model: Model) -> Plan:
    """Parts that fit whatever they are written in: no text has more tokens than bytes."""
    room = min(LONGEST_PART, model.context - min(model.answer, ANSWER) - TEMPLATE)
    if room < LEAST_ROOM:
        raise JobFailed("model_too_small", "The model reads too little at once for this. Choose another.")
    parts, size = list[str](), room
    for piece in pieces(body):
        length = len(piece.text.encode(errors="replace")) + 2
        if size + length > room:
            parts.append(piece.text)
            size = length
        else:
            parts[-1] += f"\n\n{piece.text}"
            size += length
    return Plan(tuple(parts), max(2, room // LONGEST_NOTE))


def steps(parts: Parts, work: Work) -> Generator[Step, None, None]:
    """`position` is the id of the summary; what was said so far is `made`."""
    if document.is_saved(work):
        return
    draft, model = document.of(work), asking.model_of(parts, work)
    planned = plan(draft.body, model)
    total = planned.calls + 1
    made = yield from document.begun(work, total)
    writer = Writer(parts, work, model, draft)
    answers = [answer.decode() for answer in work.made()]
    for call in range(len(answers), planned.calls):
        answers.append(writer.summary(planned.read_by(call, answers), is_part=call < len(planned.parts) > 1))
        yield Step(call + 1, total, made, made=[answers[-1].encode(errors="replace")])
    yield document.saved(work, made, writer.document(answers[-1]), total)


class Writer:
    """Asks the model in the document's language; the bundled one knows English only, and is asked through Apertium."""

    def __init__(self, parts: Parts, work: Work, model: Model, draft: Draft) -> None:
        self._parts, self._work, self._model, self._draft = parts, work, model, draft
        self.language = language_of(f"{draft.title}. {draft.body}")
        apertium = parts.meaning.english.available and parts.meaning.spanish.available
        self._in_english = self.language == "es" and model.upstream is None and apertium

    def summary(self, texts: Sequence[str], *, is_part: bool) -> str:
        """Of a part of the document, or of what was said of several parts."""
        if len(texts) == 1:
            what = "a part of a document" if is_part else "a document"
        else:
            what = "a document, of whose parts these are summaries"
        task = f"Summarise {what} in a few sentences. Write in {self._written_in}. Say nothing that is not in it."
        text = "\n\n".join(map(self._read, texts))
        told, whole = asking.said(
            self._parts, self._work, self._model, task, f"{self._title}\n\n{text}", ANSWER
        )
        told = _clipped(told if whole else _without_fragment(told))
        if not told:
            raise JobFailed("model_failed", "The model said nothing. Choose another.")
        return told

    def document(self, summary: str) -> Draft:
        """The new document. What is in it is said of the old one, and so are its tags."""
        text = self._parts.meaning.spanish.of(summary) or summary if self._in_english else summary
        words = {"title": self._draft.title.replace("]", r"\]"), "id": self._work.job.params["document"]}
        footnote = _in(FOOTNOTES, self.language).format(model=self._model.id, **words)
        title = _in(TITLES, self.language).format(self._draft.title)
        return Draft(title, f"{text}\n\n{footnote}\n", self._draft.tags)

    @property
    def _written_in(self) -> str:
        if self._in_english:
            return "English"
        return NAMES.get(self.language, "the language of the text")

    @property
    def _title(self) -> str:
        return self._read(self._draft.title)

    def _read(self, text: str) -> str:
        """As the model reads it. What it has said itself is in its language already."""
        if not self._in_english or language_of(text) != "es":
            return text
        return self._parts.meaning.english.of(text) or text


def _in(words: dict[str, str], language: str) -> str:
    return words.get(language, words["en"])


def _without_fragment(text: str) -> str:
    """Up to the last sentence that is whole, if there is one."""
    end = max(text.rfind(sign) for sign in ".!?")
    return text[: end + 1] if end > 0 else text


def _clipped(text: str) -> str:
    clipped = text.encode(errors="replace")[:LONGEST_NOTE].decode(errors="ignore")
    return clipped if len(clipped) == len(text) else _without_fragment(clipped)


def kind(parts: Parts) -> Kind:
    return Kind("summarise", NEEDS["summarise"], partial(steps, parts))

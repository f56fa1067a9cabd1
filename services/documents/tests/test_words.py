"""What a word is, for the index, the query and the snippet alike."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.search.snippets import AROUND, ELLIPSIS, EXCERPT, excerpt, plain, snippet
from documents.search.words import LONGEST, composed, indexed, located

# InnoDB's own list (information_schema.INNODB_FT_DEFAULT_STOPWORD): a document is full of them.
STOP_WORDS = (
    "a about an are as at be by com de en for from how i in is it la of on or that the this to was what when "
    "where who will with und the www"
)


def folded(text: str) -> list[str]:
    return [word for _, _, word in located(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Un café, ¿no?", ["un", "cafe", "no"]),
        ("ñandú PINGÜINO", ["nandu", "pinguino"]),
        ("snake_case and kebab-case", ["snake", "case", "and", "kebab", "case"]),
        ("straße STRASSE", ["strasse", "strasse"]),
        ("Ελλάς İstanbul", ["ελλασ", "istanbul"]),
        ("3.14 C++ a@b.c", ["3", "14", "c", "a", "b", "c"]),
        ("ﬁn ２", ["fin", "2"]),
    ],
)
def test_words_have_neither_case_nor_accents(text: str, words: list[str]) -> None:
    assert folded(text) == words


@given(st.text())
def test_the_database_gets_nothing_but_plain_long_enough_words(text: str) -> None:
    stop = set(STOP_WORDS.split())
    for word in indexed(text):
        assert re.fullmatch(rf"[0-9a-z]{{3,{LONGEST}}}", word)
        assert word not in stop


@given(st.text(min_size=1, alphabet=st.characters(categories=("L", "N"))), st.integers(min_value=1))
def test_what_begins_a_word_also_begins_its_code(word: str, length: int) -> None:
    for whole, part in zip(indexed(word), indexed(word[:length]), strict=False):
        assert whole.startswith(part)


def test_of_a_word_without_end_only_the_beginning_is_remembered() -> None:
    """Folded words are remembered: a member who saves words of a megabyte must not fill the memory."""
    assert list(located("x" * 10_000)) == [(0, 10_000, "x" * LONGEST)]


@pytest.mark.parametrize("accents", ["\u0301" * 99 + "\u0327" * 99, "\u0301\u0327" * 99, "\u0f73" * 99])
def test_accents_without_end_are_cut(accents: str) -> None:
    """Putting them in order takes quadratic time: with a megabyte of them the service stood still for minutes."""
    kept = unicodedata.normalize("NFD", composed(f"a{accents}z 1{accents}"))
    assert all(len(run) <= 60 for run in re.findall("[^az 1]+", kept))
    assert (kept[0], kept[-1] in accents + "\u0f71\u0f72", "z 1" in kept) == ("a", True, True)


@given(st.text(alphabet=st.sampled_from("aé─̧́♥ \n"), max_size=30) | st.just("─" * 80))
def test_what_anybody_writes_is_not_cut(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_plain_text_of_markdown() -> None:
    markdown = (
        "# One\n\n> **Two** _three_ `four`\n- [five](https://x.example) ![six](y.png)\n```python\na_b = 2 * 3"
    )
    assert plain(markdown) == "One Two three four five six a_b = 2 * 3"


@given(st.text(alphabet=st.sampled_from("[]()!*_`~#> \nab"), max_size=2000))
def test_hostile_markdown_is_cut_in_time(text: str) -> None:
    assert len(excerpt(text * 10)) <= EXCERPT + 1


@given(st.text(max_size=1000), st.text(max_size=20))
def test_a_snippet_is_a_part_of_the_text_with_its_matches(text: str, query: str) -> None:
    parts = snippet(text, query)
    shown = "".join(str(part["text"]) for part in parts)
    assert len(shown) <= AROUND + 2
    assert shown.strip(ELLIPSIS) in plain(text)
    terms = folded(query)
    for part in parts:
        assert part["text"]
        if part["match"]:
            assert any(word.startswith(tuple(terms)) for word in folded(str(part["text"])))


def test_a_snippet_far_inside_begins_and_ends_at_words() -> None:
    text = "before " * 100 + "needle" + " after" * 100
    parts = snippet(text, "needle")
    assert [part["text"] for part in parts if part["match"]] == ["needle"]
    assert (parts[0]["text"], parts[-1]["text"]) == (ELLIPSIS, ELLIPSIS)
    assert str(parts[1]["text"]).startswith("before ")
    assert str(parts[-2]["text"]).endswith("after")

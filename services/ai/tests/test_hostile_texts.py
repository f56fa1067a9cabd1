"""Texts that are written to keep whoever reads them busy: it takes no longer than for others.

Without that the first of these would take hours: no test has to measure it.
"""

import pytest

from ai.ask import quoting
from ai.ask.citing import citations
from ai.embedding import Embeddings
from ai.embedding.reading import Reading
from ai.index.passages import pieces as passages
from ai.language import English, markdown

MUCH = 300_000  # characters


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * MUCH + "b",
        "a" + "\t" * MUCH + "b",
        "a" + " #" * MUCH + "b",
        "a\n" + "\t" * MUCH + "b",
        "|" + " " * MUCH + "b",
        "> " * MUCH + "b",
        "a\n" * MUCH,
    ],
    ids=["blanks", "tabs", "signs", "tabs below", "row", "quotes", "lines"],
)
def test_markdown_is_taken_apart_in_no_time(text: str) -> None:
    assert "".join(piece.text for piece in markdown.pieces(text)).split() == text.split()


@pytest.mark.parametrize(
    ("line", "ending"),
    [("a  ", "  "), ("a ", ""), ("a\\", "\\"), ("a ##", " ##"), ("a # ", " # "), ("a#", ""), ("a  #", "  #")],
)
def test_a_lines_ending_stays(line: str, ending: str) -> None:
    read = markdown.pieces(f"{line}\n")
    assert [piece.text for piece in read if piece.is_read] == [line.removesuffix(ending)]
    assert "".join(piece.text for piece in read) == f"{line}\n"


@pytest.mark.parametrize("sign", ["«", "“a ", "„", ".[1:", "[1,"])
def test_an_answer_of_marks_is_cited_in_no_time(sign: str, embeddings: Embeddings) -> None:
    answer = sign * MUCH
    assert citations(Reading(embeddings, English()), answer, [], "ana") is not None


def test_long_quotations_are_looked_at_too() -> None:
    (quote,) = quoting.quotes(f"«{'a word ' * 400}»")
    assert quote.parts[0].count("word") == 400


def test_a_document_of_headings_has_no_more_passages_than_another() -> None:
    body = "".join(f"# {number}\n" for number in range(MUCH // 4))
    found = passages(body)
    assert len(found) < 4000
    assert "".join("".join(piece.text for piece in found).split()) == "".join(body.split())

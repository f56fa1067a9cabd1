"""Bodies in passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.index.passages import LONGEST, pieces

PARAGRAPH = "This paragraph has a sentence or two. It says something that is long enough to stand alone. " * 5


def test_a_short_body_is_one_passage() -> None:
    assert [piece.text for piece in pieces("One.\n\nTwo.\n\n\nThree.")] == ["One.\n\nTwo.\n\n\nThree."]
    assert [piece.text for piece in pieces("")] == [""]


def test_a_heading_begins_a_passage() -> None:
    found = pieces("Before.\n\n# One\nfirst\n## Two\n\nsecond\n")
    assert [piece.text for piece in found] == ["Before.", "# One\nfirst", "## Two\n\nsecond"]


def test_paragraphs_stay_whole_where_they_can() -> None:
    found = pieces("\n\n".join([PARAGRAPH.strip()] * 4))
    assert [piece.text for piece in found] == [PARAGRAPH.strip()] * 4


def test_an_edit_at_the_beginning_leaves_the_passages_after_the_next_heading_as_they_are() -> None:
    rest = f"# Rest\n\n{PARAGRAPH}\n\nshort\n\n{PARAGRAPH}"
    before, after = pieces(f"Short.\n\n{rest}"), pieces(f"Short, but {PARAGRAPH}\n\nmore\n\n{rest}")
    assert [piece.text for piece in before[1:]] == [piece.text for piece in after[-len(before) + 1 :]]


@pytest.mark.parametrize(
    "body", ["word " * 3000, "x" * 5000, "日本語。" * 1000, f"{'a b ' * 400}.\n" * 3, "\n" * 500]
)
def test_no_passage_is_too_long_whatever_the_body(body: str) -> None:
    assert all(len(piece.text) <= LONGEST for piece in pieces(body))


@given(st.text(alphabet=st.sampled_from("ab .\n#!?é\t"), max_size=3000))
def test_nothing_is_lost_and_places_are_right(body: str) -> None:
    found = pieces(body)
    assert all(body[piece.start : piece.start + len(piece.text)] == piece.text for piece in found)
    assert all(len(piece.text) <= LONGEST for piece in found)
    assert "".join("".join(piece.text.split()) for piece in found) == "".join(body.split())

"""File names from any text: none leads out of its folder, none is there twice, all can be opened anywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.export.names import LONGEST, Names, file_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Herbs.md", "Herbs.md"),
        ("Años de niñez.md", "Años de niñez.md"),
        ("../../etc/passwd.md", "-..-etc-passwd.md"),
        ("..\\..\\windows.md", "-..-windows.md"),
        ("..", "untitled"),
        ("...md", "untitled.md"),
        ("/.md", "-.md"),
        (".bashrc", "bashrc"),
        ("a\0b.md", "a b.md"),
        ("a\u202eb.md", "a b.md"),
        ("  spaced   out  .md", "spaced out.md"),
        ("CON.md", "_CON.md"),
        ("nul", "_nul"),
        ("C:\\x.md", "C--x.md"),
        ("", "untitled"),
        ("v1.0 of it.md", "v1.0 of it.md"),
    ],
)
def test_what_becomes_of_a_name(wanted: str, name: str) -> None:
    assert file_name(wanted) == name


@given(st.text(max_size=300), st.sampled_from(["", ".md", ".json"]))
def test_any_text_becomes_one_plain_name(text: str, ending: str) -> None:
    name = file_name(text + ending)
    assert name
    assert not set(name) & set('/\\:*?"<>|')
    assert all(unicodedata.category(character)[0] != "C" for character in name)
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= LONGEST + 10


@given(st.lists(st.sampled_from(["a.md", "A.md", "a (2).md", "b", "B", "../a.md", "á.md", "a\u0301.md"])))
def test_no_name_is_there_twice(wanted: list[str]) -> None:
    names = Names()
    given_names = [names.one(name) for name in wanted]
    assert len({name.casefold() for name in given_names}) == len(wanted)


def test_a_thousand_equal_names_are_numbered() -> None:
    names = Names()
    assert [names.one("x.md") for _ in range(1000)][:3] == ["x.md", "x (2).md", "x (3).md"]

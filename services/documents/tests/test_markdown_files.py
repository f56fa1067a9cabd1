"""A Markdown file as a document: title and tags from where people write them, and nothing of it lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.imports.markdown import Unreadable, read
from documents.library.models import Document, DocumentTag
from documents.own_data.files import as_file
from servicekit.ids import now


def title(text: str, name: str = "folder/My file.md") -> str:
    return read(name, text.encode()).draft.title


def tags(head: str) -> list[str]:
    return read("a.md", f"---\n{head}\n---\n".encode()).draft.tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "My file"),
        ("no heading", "My file"),
        ("# One\n# Two", "One"),
        ("intro\n\n## Second level ##", "Second level"),
        ("# **Bold** and [a link](http://x)", "Bold and a link"),
        ("# C#", "C#"),
        ("#no space", "My file"),
        ("####### seven", "My file"),
        ("Under\n=====\n", "Under"),
        ("Under\n---\n", "Under"),
        ("```\n# code\n```\n# Real", "Real"),
        ("~~~\n```\n# code\n~~~\n# Real", "Real"),
        ("# \n# Second", "Second"),
        ("---\ntitle: Front\n---\n# Heading", "Front"),
        ('---\ntitle: "Say \\"hi\\": ñ"\n---\n', 'Say "hi": ñ'),
        ("---\ntitle: 'It''s'\n---\n", "It's"),
        ("---\ntitle: plain # comment\n---\n", "plain"),
        ("---\ntitle: C#\n---\n", "C#"),
        ("---\ntitle: >-\n  over\n  lines\n---\n", "over lines"),
        ("---\ntitle:\n---\n# Heading", "Heading"),
        ("---\nTitle: Case\n...\n", "Case"),
        ("---\r\ntitle: Windows\r\n---\r\n", "Windows"),
        ("\ufeff---\ntitle: Marked\n---\n", "Marked"),
        ("---\n\nonly a rule\n\n---\n# Heading", "Heading"),
        ("---\ntitle: never closed", "My file"),
        ("# " + "x" * 300, "x" * 200),
        ("# a\u2028b\x07c", "a b c"),
    ],
)
def test_titles(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b/Plan.md", "Plan"),
        (".md", ".md"),
        ("two.dots.md", "two.dots"),
        ("  .md", "?"),
        ("e\u0301.md", "é"),
        ("x" * 300 + ".md", "x" * 200),
    ],
)
def test_titles_of_names(name: str, expected: str) -> None:
    assert title("", name) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("tags: [a, b]", ["a", "b"]),
        ("tags: [\"a, b\", 'c']", ["a, b", "c"]),
        ("tags: a, b", ["a", "b"]),
        ("tags: one", ["one"]),
        ("tags:\n  - a\n  - 'b c'\n- d", ["a", "b c", "d"]),
        ("tags: []", []),
        ("tags:", []),
        ("tags: [a, A, a]", ["a"]),
        ("tags: ['#garden', '#']", ["garden"]),
        ("keywords: [x]\ntags: [y]", ["x", "y"]),
        ("tags: [a, [b]]", ["a", "[b"]),
        ("tags: [unclosed, 'quote", ["unclosed", "'quote"]),
        ("tags: [a] # comment", ["a"]),
    ],
)
def test_tags(head: str, expected: list[str]) -> None:
    assert tags(head) == expected


def test_too_many_and_too_long_tags_are_cut_and_told() -> None:
    draft, cut = read("a.md", f"---\ntags: [{', '.join(map(str, range(30)))}]\n---\n".encode())
    assert (draft.tags, cut) == ([str(number) for number in range(20)], True)
    draft, cut = read("a.md", f"---\ntags: [{'x' * 60}]\n---\n".encode())
    assert (draft.tags, cut) == (["x" * 50], True)
    assert not read("a.md", b"---\ntags: [x]\n---\n").cut


def test_what_else_stands_in_front_is_kept() -> None:
    draft = read("a.md", b"---\ntitle: T\naliases:\n  - one\ndate: 2026-01-01\ntags: [a]\n---\n\nBody").draft
    assert draft.body == "```yaml\naliases:\n  - one\ndate: 2026-01-01\n```\n\nBody"


def test_ends_of_lines_and_marks_go_and_the_rest_stays() -> None:
    assert read("a.md", b"\xef\xbb\xbfone\r\ntwo\rthree\n\n").draft.body == "one\ntwo\nthree\n\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfeh\0i\0", "not_utf8"),
        ("señal".encode("latin-1"), "not_utf8"),
        (b"a\0b", "not_text"),
        (b"x" * (1024 * 1024 + 1), "too_large"),
        (b"\xed\xa0\x80", "not_utf8"),
    ],
)
def test_what_is_no_text(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        read("a.md", content)
    assert error.value.code == code


@given(st.text(min_size=1, max_size=50), st.lists(st.text(min_size=1, max_size=20), max_size=5), st.text())
def test_what_we_export_comes_back_as_it_was(title: str, tags: list[str], body: str) -> None:
    """As far as a document can have it: drafts that we would refuse are left out."""
    from pydantic import ValidationError

    from documents.imports.markdown import fitting
    from documents.library.schemas import DocumentDraft

    try:
        draft = DocumentDraft(title=title, body=body.replace("\r", "\n"), tags=tags)
    except ValidationError:
        return
    saved = Document(id="i", title=draft.title, body=draft.body, created_at=now(), updated_at=now())
    saved.tag_rows = [DocumentTag(tag=tag, position=place) for place, tag in enumerate(draft.tags)]
    again = read("x.md", as_file(saved).text.encode()).draft
    assert again.body == draft.body
    assert again.title == " ".join(again.title.split())
    if draft.title.isascii():
        assert again.title == " ".join(draft.title.split())
        assert again.tags == DocumentDraft(title="x", body="", tags=fitting(draft.tags)[0]).tags


@given(
    st.text("-:#`~[]\"', \n\tab=>|\\", max_size=400),
    st.sampled_from(["", "---\n", "---\ntitle: ", "---\ntags: ["]),
)
def test_any_text_becomes_a_document(text: str, before: str) -> None:
    assert read("a.md", (before + text).encode()).draft.title


@pytest.mark.parametrize(
    "text",
    [
        "---\ntags: [" + "a " * 30_000 + "\n---\n",
        "---\ntags: [" + "'" * 60_000 + "\n---\n",
        "---\n" + "a:\n" * 20_000 + "---\n",
        "---" + " " * 500_000,
        ("# " + " #" * 500 + "\n") * 500,
        "# " + " " * 900_000 + "x",
        ("> " * 500 + "\n") * 900,
        "-" * 1_000_000,
        "\n" * 1_000_000,
        "# " + "[" * 500_000,
    ],
    ids=range(10),
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    read("a.md", text.encode())
    assert time.process_time() - begun < 4

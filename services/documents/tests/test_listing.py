"""Lists: order, pages, cursors, tags, excerpts."""

import base64
from typing import Any

import pytest

from documents.tests.people import Person, read


def pages(person: Person, **query: Any) -> list[list[str]]:
    """The titles of all pages of a list."""
    found: list[list[str]] = []
    cursor = None
    while cursor is not None or not found:
        page = read(
            person.get(query.get("path", ""), query_string=query | ({"cursor": cursor} if cursor else {}))
        )
        found.append([item["title"] for item in page["items"]])
        cursor = page["next"]
    return found


def test_the_last_changed_comes_first(ana: Person) -> None:
    first = ana.save("first")
    ana.save("second")
    assert ana.titles() == ["second", "first"]
    ana.put(f"/{first}", json={"title": "first again"}, if_match="*")
    assert ana.titles() == ["first again", "second"]


def test_pages_have_each_document_once(ana: Person) -> None:
    titles = [f"number {number}" for number in range(7)]
    for title in titles:
        ana.save(title)
    assert pages(ana, limit=3) == [titles[:3:-1], titles[3:0:-1], titles[:1]]
    assert pages(ana, limit=7) == [titles[::-1]]


def test_what_is_saved_or_deleted_meanwhile_moves_nothing(ana: Person) -> None:
    saved = [ana.save(f"number {number}") for number in range(6)]
    first = read(ana.get(query_string={"limit": 2}))
    ana.save("newer")
    ana.delete(f"/{saved[4]}")
    assert ana.titles(limit=2, cursor=first["next"]) == ["number 3", "number 2"]


def test_twenty_are_listed_unless_asked_otherwise(ana: Person) -> None:
    for number in range(21):
        ana.save(f"number {number}")
    assert len(ana.titles()) == 20
    assert len(ana.titles(limit=100)) == 21


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "", "1e9", "٣٣٣"])
def test_a_wrong_limit_is_422(ana: Person, limit: str) -> None:
    answer = ana.get(query_string={"limit": limit})
    assert (answer.status_code, read(answer)["errors"][0]["pointer"]) == (422, "limit")


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("path", ["", "/search"])
@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", "=", "null", encoded("5"), encoded("99999999999999999999.x"), encoded("rank.-1"),
     encoded("rank.99999"), encoded("rank.1") + "=", "A" * 5000,
     encoded("٣.01920000-0000-7000-8000-00000000000a")],
)  # fmt: skip
def test_a_foreign_cursor_is_422(ana: Person, path: str, cursor: str) -> None:
    answer = ana.get(path, query_string={"cursor": cursor, "q": "x"})
    assert (answer.status_code, read(answer)["errors"][0]["pointer"]) == (422, "cursor")


def test_parameters_are_given_once(ana: Person) -> None:
    assert ana.get("?limit=1&limit=2").status_code == 422


def test_documents_with_a_tag_in_any_case(ana: Person) -> None:
    ana.save("both", tags=("Verano", "sol"))
    ana.save("one", tags=("VERANO",))
    ana.save("accent", tags=("veranó",))
    ana.save("none")
    assert ana.titles(tag="verano") == ["one", "both"]
    assert ana.titles(tag="  SOL ") == ["both"]
    assert ana.titles(tag="ver") == ana.titles(tag="%") == []
    assert pages(ana, tag="verano", limit=1) == [["one"], ["both"]]


def test_items_are_summaries(ana: Person) -> None:
    ana.save(
        "Long", "# Heading\n\nSome **bold** [link](https://x.example) in `create_app`.\n\n" + "word " * 100
    )
    item = read(ana.get())["items"][0]
    assert set(item) == {"id", "title", "excerpt", "tags", "created_at", "updated_at"}
    assert item["excerpt"].startswith("Heading Some bold link in create_app. word word")
    assert item["excerpt"].endswith("word…")
    assert len(item["excerpt"]) <= 201

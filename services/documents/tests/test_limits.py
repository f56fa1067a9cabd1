"""What is too much or of the wrong kind is told, with the field, and is never a 500."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from documents.search import index
from documents.search.words import indexed
from documents.tests.people import Person, read
from servicekit import openapi

MB = 1024 * 1024


def errors(person: Person, draft: Any) -> tuple[int, list[str]]:
    """The status, and the fields that are wrong."""
    answer = person.post(json=draft)
    return answer.status_code, sorted(error["pointer"] for error in read(answer).get("errors", []))


@pytest.mark.parametrize("character", ["a", "é", "語", "🍅"])
def test_a_body_may_have_one_megabyte_of_utf8(ana: Person, character: str) -> None:
    most = character * (MB // len(character.encode()))
    document = ana.post(json={"title": "Big", "body": most})
    assert (document.status_code, len(read(document)["body"])) == (201, len(most))
    answer = ana.post(json={"title": "Bigger", "body": most + character})
    assert (answer.status_code, read(answer)["type"]) == (413, "/docs/errors/too-large")


def test_what_grows_in_the_index_is_saved_and_found(ana: Person) -> None:
    """One such sign stands for eighteen letters: a megabyte of them was more than MySQL's column takes."""
    ana.save("Grows", body="beginning " + "\ufdfa " * (MB // 4 - 4))
    assert ana.search("beginning") == ["Grows"]


def test_nobody_waits_while_the_words_of_a_text_are_found(
    ana: Person, bea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds for a megabyte; on SQLite a transaction would hold all other writers back."""

    def meanwhile(text: str) -> list[str]:
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as another_thread:
            another_thread.submit(bea.save, "Meanwhile").result()
        return indexed(text)

    monkeypatch.setattr(index, "indexed", meanwhile)
    ana.save("Big")
    assert bea.titles() == ["Meanwhile"]


def test_json_escapes_do_not_count(ana: Person) -> None:
    wire = '{"title": "Escaped", "body": "' + "\\u0001" * MB + '"}'
    assert ana.post(data=wire, content_type="application/json").status_code == 201


def test_more_than_the_wire_takes_is_413(ana: Person) -> None:
    wire = '{"title": "Padded"' + " " * 8 * MB + "}"
    answer = ana.post(data=wire, content_type="application/json")
    assert (answer.status_code, read(answer)["type"]) == (413, "/docs/errors/too-large")


def test_titles_and_tags_fill_their_columns(ana: Person) -> None:
    draft = {"title": "🍅" * 200, "tags": ["ΐ" * 48 + f"{number:02}" for number in range(20)]}
    document = read(ana.post(json=draft))
    assert (document["title"], document["tags"]) == (draft["title"], draft["tags"])
    assert ana.titles(tag="ΐ" * 48 + "07") == [draft["title"]]


@pytest.mark.parametrize(
    ("draft", "pointers"),
    [
        ({}, ["/title"]),
        ({"title": ""}, ["/title"]),
        ({"title": " \t\n"}, ["/title"]),
        ({"title": "a" * 201}, ["/title"]),
        ({"title": "a\nb"}, ["/title"]),
        ({"title": "a\0b"}, ["/title"]),
        ({"title": 5}, ["/title"]),
        ({"title": None}, ["/title"]),
        ({"title": "T", "body": None}, ["/body"]),
        ({"title": "T", "body": "a\0b"}, ["/body"]),
        ({"title": "T", "body": ["x"]}, ["/body"]),
        ({"title": "T", "tags": "abc"}, ["/tags"]),
        ({"title": "T", "tags": ["a", " "]}, ["/tags/1"]),
        ({"title": "T", "tags": ["a" * 51]}, ["/tags/0"]),
        ({"title": "T", "tags": ["a\0"]}, ["/tags/0"]),
        ({"title": "T", "tags": [{}, 1]}, ["/tags/0", "/tags/1"]),
        ({"title": "T", "tags": ["a"] * 21}, ["/tags"]),
        ({"title": "T", "owner": "x", "a/b~c": 1}, ["/a~1b~0c", "/owner"]),
        ({"title": "T", "id": "x", "version": 9}, ["/id", "/version"]),
        ([], [""]),
        ("text", [""]),
    ],
)
def test_wrong_fields_are_422_with_a_pointer(ana: Person, draft: Any, pointers: list[str]) -> None:
    assert errors(ana, draft) == (422, pointers)
    assert ana.titles() == []


def test_replacing_has_the_same_rules(ana: Person) -> None:
    document = ana.save()
    answer = ana.put(f"/{document}", json={"title": ""}, if_match="*")
    assert (answer.status_code, read(answer)["errors"][0]["pointer"]) == (422, "/title")
    too_large = ana.put(f"/{document}", json={"title": "T", "body": "a" * (MB + 1)}, if_match="*")
    assert too_large.status_code == 413


def test_an_answer_lists_a_few_of_many_errors(ana: Person) -> None:
    status, pointers = errors(ana, {f"field {number}": 1 for number in range(10_000)})
    assert (status, len(pointers)) == (422, 20)


def test_too_many_errors_are_only_counted(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading out 600,000 of them, in 6 MB, took seconds and 700 MB of memory."""
    monkeypatch.setattr(openapi, "_field_error", None)
    assert errors(ana, {f"{number:x}": 1 for number in range(100_000)}) == (422, [""])


@pytest.mark.parametrize(
    "wire",
    [b"", b"{", b"{'title': 'x'}", b'{"title": NaN}', b"\xff\xfe", b'{"title": "\xff"}', b'{"title": "\\ud800"}',
     b"[" * 100_000, b'{"title":' * 50_000, b'{"title": "a"} x', b'{"title": "\x00"}'],
    ids=range(11),
)  # fmt: skip
def test_malformed_json_is_400(ana: Person, wire: bytes) -> None:
    answer = ana.post(data=wire, content_type="application/json")
    assert (answer.status_code, read(answer)["type"]) == (400, "/docs/errors/bad-request")


def test_numbers_of_any_size_are_wrong_fields(ana: Person) -> None:
    wire = '{"title": ' + "9" * 4000 + "}"
    assert ana.post(data=wire, content_type="application/json").status_code == 422


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "",
        "*/*",
    ],
)
def test_another_content_type_is_415(ana: Person, content_type: str) -> None:
    answer = ana.post(data=json.dumps({"title": "T"}), content_type=content_type)
    assert (answer.status_code, read(answer)["type"]) == (415, "/docs/errors/unsupported-media-type")
    assert ana.titles() == []


@pytest.mark.parametrize("query", ["a" * 201, None])
def test_a_search_asks_something_short(ana: Person, query: str | None) -> None:
    answer = ana.get("/search", query_string={} if query is None else {"q": query})
    assert (answer.status_code, read(answer)["errors"][0]["pointer"]) == (422, "q")

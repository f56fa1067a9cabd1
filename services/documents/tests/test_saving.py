"""Save, read, replace, delete."""

from datetime import UTC, datetime, timedelta

import pytest

from documents.tests.people import Person, read
from servicekit.ids import is_id


def test_a_saved_document_is_there_as_it_was_written(ana: Person) -> None:
    written = {
        "title": "Gazpacho",
        "body": "# Tomates\n\n«bien maduros» 🍅\t\r\n",
        "tags": ["receta", "verano"],
    }
    created = ana.post(json=written)
    document = read(created)
    assert created.status_code == 201
    assert created.headers["ETag"] == '"1"'
    assert created.headers["Location"] == f"/api/documents/{document['id']}"
    assert is_id(document["id"])
    assert {name: document[name] for name in written} == written
    again = ana.get(f"/{document['id']}")
    assert (again.status_code, read(again), again.headers["ETag"]) == (200, document, '"1"')


def test_moments_are_of_now_and_in_utc(ana: Person) -> None:
    document = read(ana.post(json={"title": "When"}))
    created = datetime.fromisoformat(document["created_at"])
    assert document["created_at"].endswith("Z")
    assert abs(datetime.now(UTC) - created) < timedelta(seconds=30)
    assert document["updated_at"] == document["created_at"]


def test_body_and_tags_may_be_left_out(ana: Person) -> None:
    document = read(ana.post(json={"title": "Only a title"}))
    assert (document["body"], document["tags"]) == ("", [])


def test_replacing_gives_the_next_version(ana: Person) -> None:
    document = ana.save("Old", "old", ("old",))
    answer = ana.put(f"/{document}", json={"title": "New", "body": "new", "tags": ["a", "b"]}, if_match='"1"')
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    told = read(ana.get(f"/{document}"))
    assert told == read(answer)
    assert (told["title"], told["body"], told["tags"]) == ("New", "new", ["a", "b"])
    assert told["updated_at"] > told["created_at"]


def test_replacing_replaces_all_of_it(ana: Person) -> None:
    document = ana.save("Old", "old", ("old",))
    told = read(ana.put(f"/{document}", json={"title": "New"}, if_match='"1"'))
    assert (told["body"], told["tags"]) == ("", [])


def test_what_is_deleted_is_gone(ana: Person) -> None:
    document = ana.save("Gone", "to be forgotten", ("x",))
    answer = ana.delete(f"/{document}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert ana.get(f"/{document}").status_code == 404
    assert ana.delete(f"/{document}").status_code == 404
    assert ana.put(f"/{document}", json={"title": "Back"}, if_match="*").status_code == 404
    assert ana.titles() == ana.titles(tag="x") == ana.search("forgotten") == []


def test_title_and_tags_are_trimmed_and_repeated_tags_dropped(ana: Person) -> None:
    tags = ["  Verano ", "receta", "VERANO", "straße", "STRASSE", "verano", "Ñu"]
    document = read(ana.post(json={"title": "  Gazpacho \n", "tags": tags}))
    assert document["title"] == "Gazpacho"
    assert document["tags"] == ["Verano", "receta", "straße", "Ñu"]


@pytest.mark.parametrize(
    "document_id", ["x", "0", "ABCDEF00-0000-7000-8000-000000000000", "%00", "a%2Fb", "' OR 1=1 --"]
)
def test_what_cannot_be_an_id_is_not_found(ana: Person, document_id: str) -> None:
    assert ana.get(f"/{document_id}").status_code == 404

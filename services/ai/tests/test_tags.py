"""Suggested tags, and what people choose of them."""

import json
import time
from typing import Any

import pytest
from sqlalchemy import select

from ai.crowd import Crowd
from ai.own_data import service as own_data
from ai.tags import service as tags
from ai.tags import similarity
from ai.tags.models import TagSuggestion
from ai.tags.phrases import phrases
from ai.tests.library import Library
from ai.tests.people import ANA, BEA, Person, read
from servicekit.database import Database
from servicekit.events.tables import OUTBOX
from servicekit.ids import new_id

BREAD = {
    "title": "Rye loaf",
    "body": "Mix the rye flour with water and the sourdough starter, let the dough rise, and bake the loaf.",
}


def suggested(person: Person, **text: Any) -> dict[str, Any]:
    answer = person.post("/tags", json=text)
    assert answer.status_code == 200, answer.text
    return read(answer)


def of_source(told: dict[str, Any], source: str) -> list[str]:
    return [item["tag"] for item in told["items"] if item["source"] == source]


@pytest.fixture
def shelf(library: Library) -> Library:
    library.save(
        ANA,
        "Sourdough bread",
        "Knead the dough, let it rise overnight and bake the bread.",
        ("recetas", "Hogaza"),
    )
    library.save(ANA, "Oil change", "Drain the engine's oil and put in a new filter.", ("garage",))
    library.save(BEA, "Rye bread", "Knead the rye dough and bake it.", ("of-bea",))
    library.settle()
    return library


def test_one_s_own_tags_come_by_meaning_and_new_ones_from_the_text(shelf: Library, ana: Person) -> None:
    told = suggested(ana, **BREAD)
    assert set(of_source(told, "own")) == {"recetas", "Hogaza"}
    assert any("rye" in tag for tag in of_source(told, "new"))
    assert told["model"] == "similarity/1"
    scores = [item["score"] for item in told["items"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_another_s_tags_are_never_suggested(shelf: Library, ana: Person) -> None:
    assert "of-bea" not in json.dumps(
        suggested(ana, title="Rye bread", body="Knead the rye dough and bake it.", limit=20)
    )


def test_a_tag_whose_name_fits_is_suggested_though_no_document_is_alike(
    library: Library, ana: Person
) -> None:
    library.save(ANA, "Seguro", "La póliza vence en marzo.", ("viajes", "facturas"))
    library.settle()
    assert "viajes" in of_source(
        suggested(ana, title="Weekend trip", body="Flights, hotels and a journey by train."), "own"
    )


def test_what_the_text_has_already_is_not_suggested(shelf: Library, ana: Person) -> None:
    told = suggested(ana, **BREAD, tags=["RECETAS", "rye loaf"])
    assert "recetas" not in of_source(told, "own")
    assert "rye loaf" not in of_source(told, "new")


def test_a_document_is_no_neighbour_of_its_own(library: Library, ana: Person) -> None:
    document = library.save(ANA, "Xylophone", "How to tune a xylophone at home.", ("zzz",))
    library.settle()
    text = {"title": "Xylophone", "body": "How to tune a xylophone at home."}
    assert "zzz" in of_source(suggested(ana, **text), "own")
    assert "zzz" not in of_source(suggested(ana, **text, document_id=document), "own")


def test_key_phrases_of_both_languages_without_markdown() -> None:
    spanish = "El **huerto urbano** necesita riego por goteo. El huerto urbano da tomates. [Riego](https://example.org/x)."
    found = [tag for tag, _ in phrases(spanish, "es")]
    assert "huerto urbano" in found
    assert not any(sign in tag for tag in found for sign in "*[]()/#")
    assert phrases("", "en") == []


@pytest.mark.parametrize(
    "text", [{"title": "", "body": ""}, {"body": "…"}, {"body": "日本語"}, {"body": "x" * 200_000}]
)
def test_any_text_is_answered(ana: Person, text: dict[str, str]) -> None:
    assert isinstance(suggested(ana, **text)["items"], list)


def test_what_is_chosen_is_kept_and_told_without_a_tag_in_it(
    shelf: Library, ana: Person, database: Database
) -> None:
    told = suggested(ana, **BREAD)
    new = of_source(told, "new")[0]
    document = new_id()
    answer = ana.post(
        f"/tags/{told['id']}/choice", json={"tags": ["Recetas", new, "mine"], "document_id": document}
    )
    assert answer.status_code == 204, answer.text
    with database.read() as session:
        row = session.scalars(select(TagSuggestion)).one()
        body = session.scalars(select(OUTBOX.c.body)).one()
    assert (json.loads(row.chosen or ""), row.document_id) == (["Recetas", new, "mine"], document)
    event = json.loads(body)
    assert (event["type"], event["subject"]) == ("ai.tags_chosen.v1", told["id"])
    counts = {name: event["data"][name] for name in ("chosen_own", "chosen_new", "added", "offered_own")}
    assert counts == {"chosen_own": 1, "chosen_new": 1, "added": 1, "offered_own": 2}
    assert "ecetas" not in body
    assert "mine" not in body


def test_a_choice_is_told_once_and_by_whom_it_was_offered(shelf: Library, ana: Person, bea: Person) -> None:
    place = f"/tags/{suggested(ana, **BREAD)['id']}/choice"
    assert bea.post(place, json={"tags": []}).status_code == 404
    assert ana.post(place, json={"tags": []}).status_code == 204
    assert ana.post(place, json={"tags": ["other"]}).status_code == 409
    assert ana.post(f"/tags/{new_id()}/choice", json={"tags": []}).status_code == 404
    assert ana.post("/tags/x/choice", json={"tags": []}).status_code == 404


def test_what_nobody_answers_does_not_pile_up(
    ana: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "KEPT", 3)
    for _ in range(6):
        suggested(ana, title="Bread")
    with database.read() as session:
        assert len(session.scalars(select(TagSuggestion.id)).all()) == 3


def test_it_is_in_the_export_and_goes_with_the_person(ana: Person, bea: Person, database: Database) -> None:
    suggested(ana, **BREAD)
    suggested(bea, **BREAD)
    with database.read() as session:
        (file,) = own_data.files_of(session, ANA)
    assert len(json.loads(file.text)) == 1
    with database.write() as session:
        assert own_data.erase_some(session, ANA)
    with database.read() as session:
        assert session.scalars(select(TagSuggestion.owner)).all() == [BEA]


def test_links_are_read_by_their_words_alone() -> None:
    found = phrases("A ![sunny harbour](https://example.com/x.png) and [old lighthouse](/y).", "en")
    told = {tag for tag, _ in found}
    assert {"sunny harbour", "lighthouse"} <= told
    assert not any("example" in tag or "png" in tag for tag in told)


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "[a](b", "`", "```", "](", "[" + "a" * 150])
def test_a_text_of_brackets_alone_takes_no_time(piece: str) -> None:
    began = time.process_time()
    phrases(piece * (20_000 // len(piece)), "en")
    assert time.process_time() - began < 1


def test_of_very_many_tags_the_most_used_are_compared_by_name(
    library: Library, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each name costs an embedding: 5,000 documents may have 100,000."""
    monkeypatch.setattr(similarity, "MOST_NAMES", 1)
    library.save(ANA, "Seguro", "La póliza vence en marzo.", ("viajes", "facturas"))
    library.save(ANA, "Recibo", "La luz de marzo.", ("facturas", "vuelos"))
    library.settle()
    told = suggested(ana, title="Weekend trip", body="Flights, hotels and a journey by train.", limit=20)
    assert not {"viajes", "vuelos"} & set(of_source(told, "own"))


def test_of_one_person_only_some_texts_are_read_at_once(
    library: Library, ana: Person, bea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = Crowd(1)
    monkeypatch.setattr(ana.app.extensions["ai"].suggester, "_crowd", crowd)
    with crowd.one_of(ANA):
        refused = ana.post("/tags", json=BREAD)
        assert (refused.status_code, read(refused)["type"]) == (429, "/docs/errors/queue-full")
        assert refused.headers["Retry-After"] == "5"
        assert bea.post("/tags", json=BREAD).status_code == 200
    assert ana.post("/tags", json=BREAD).status_code == 200

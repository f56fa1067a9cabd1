"""Search by meaning through the whole platform: saved in one service, read by another as itself, found by its owner."""

import json
from contextlib import closing
from typing import Any

import httpx2

from tests.support import people
from tests.support.platform import Platform
from tests.support.waiting import until

GARDEN = {
    "title": "Composting on a balcony",
    "body": "Layer kitchen scraps with torn cardboard in a ventilated bin. Worms speed it up.",
    "tags": ["garden"],
}


def found(person: httpx2.Client, query: str) -> list[dict[str, Any]]:
    answer = person.post("/api/ai/search", json={"query": query})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def by_meaning(person: httpx2.Client, query: str) -> list[str]:
    return [item["title"] for item in found(person, query) if "meaning" in item["found_by"]]


def test_a_document_is_found_by_its_owner_in_either_language_until_it_is_deleted(stack: Platform) -> None:
    with closing(people.sign_in(stack.url, "mar")) as mar, closing(people.sign_in(stack.url, "ada")) as ada:
        document = mar.post("/api/documents", json=GARDEN).json()["id"]
        until(lambda: GARDEN["title"] in by_meaning(mar, "turning leftovers into soil"))
        (hit,) = (
            item for item in found(mar, "abono con restos de comida") if item["document_id"] == document
        )
        assert hit["passage"]["text"] == GARDEN["body"]
        both = next(item for item in found(mar, "composting balcony") if item["document_id"] == document)
        assert both["found_by"] == ["meaning", "words"]

        assert document not in json.dumps(found(ada, "turning leftovers into soil"))
        assert document not in json.dumps(found(ada, str(GARDEN["body"])))

        told = mar.post("/api/ai/tags", json={"title": "Worm bin", "body": "Compost for the garden."}).json()
        assert "garden" in [item["tag"] for item in told["items"] if item["source"] == "own"]

        assert mar.delete(f"/api/documents/{document}").status_code == 204
        until(lambda: GARDEN["title"] not in by_meaning(mar, "turning leftovers into soil"))


def test_an_access_token_that_may_not_read_documents_does_not_search_them(stack: Platform) -> None:
    with closing(people.sign_in(stack.url, "mar")) as mar:
        draft = {"name": "AI only", "permissions": ["ai:use"]}
        token = mar.post("/api/account/tokens", json=draft).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=stack.url, headers=headers, trust_env=False) as program:
        assert program.post("/api/ai/search", json={"query": "anything"}).status_code == 403
        assert program.post("/api/ai/tags", json={"title": "anything"}).status_code == 403


def test_visitors_search_the_samples_by_meaning(stack: Platform) -> None:
    with closing(people.visitor(stack.url)) as visitor:

        def titles(query: str) -> list[str]:
            answer = visitor.post("/api/ai/trial/search", json={"query": query})
            assert answer.status_code == 200, answer.text
            return [item["title"] for item in answer.json()["items"] if "meaning" in item["found_by"]]

        until(lambda: any("azpacho" in title for title in titles("cold tomato soup")))
        languages = visitor.post("/api/ai/trial/language", json={"text": "Buenos días a todos."}).json()[
            "languages"
        ]
        assert languages[0]["code"] == "es"
        tags = visitor.post(
            "/api/ai/trial/tags", json={"text": "Tomate, pepino, ajo y vinagre, muy frío."}
        ).json()
        assert tags["items"]


def test_texts_for_the_index_are_behind_no_door(stack: Platform) -> None:
    with closing(people.sign_in(stack.url, "ada")) as ada:
        document = ada.post("/api/documents", json=GARDEN).json()["id"]
        assert ada.get(f"/internal/documents/{document}").status_code == 404
        ada.delete(f"/api/documents/{document}")

"""What visitors may try."""

import pytest
from apiflask import APIFlask

from ai.settings import Settings
from ai.tests.library import Library
from ai.tests.people import ANA, Person, read
from ai.trial.routes import SAMPLES


def test_the_language_of_a_text_and_how_it_is_read(visitor: Person) -> None:
    told = read(visitor.post("/trial/language", json={"text": "El perro duerme todo el día."}))
    assert told["languages"][0]["code"] == "es"
    assert told["languages"][0]["probability"] > 0.5
    assert told["english"] == "The dog sleeps all day."
    assert read(visitor.post("/trial/language", json={"text": "The dog sleeps all day."}))["english"] is None


def test_what_is_left_for_the_day_is_in_a_header(visitor: Person) -> None:
    left = [
        int(visitor.post(f"/trial/{what}", json={"text": "casa fresca"}).headers["X-Budget-Remaining"])
        for what in ("language", "tags")
    ]
    assert 2000 > left[0] > left[1] > 1900


def test_tags_of_the_samples_and_of_nobody_else(visitor: Person, library: Library) -> None:
    library.save(SAMPLES, "Gazpacho", "Tomate, pepino y pimiento, todo muy frío.", ("cocina",))
    library.save(ANA, "Gazpacho", "Tomate, pepino y pimiento, todo muy frío.", ("of-ana",))
    library.settle()
    told = read(visitor.post("/trial/tags", json={"text": "Sopa fría de tomate con pepino y pimiento."}))
    tags = {item["tag"]: item["source"] for item in told["items"]}
    assert tags.pop("cocina") == "own"
    assert "own" not in tags.values()
    assert told["id"] is None


@pytest.mark.parametrize("place", ["search", "language", "tags"])
def test_it_is_for_whom_the_gateway_lets_in_and_for_short_texts(
    visitor: Person, nobody: Person, place: str
) -> None:
    field = "query" if place == "search" else "text"
    assert visitor.post(f"/trial/{place}", json={field: "x" * 2001}).status_code == 422
    assert visitor.post(f"/trial/{place}", json={field: ""}).status_code == 422
    assert visitor.post(f"/trial/{place}", json={field: "x", "owner": ANA}).status_code == 422
    assert nobody.post(f"/trial/{place}", json={field: "x"}).status_code == 401


def test_a_visitor_has_a_budget_for_the_day(visitor: Person, app: APIFlask) -> None:
    settings: Settings = app.extensions["ai"].settings
    text = {"text": "word " * 250}
    statuses = [
        visitor.post("/trial/language", json=text).status_code
        for _ in range(settings.ai_budget_visitor // 250 + 1)
    ]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert visitor.post("/trial/tags", json=text).headers["Retry-After"].isdigit()

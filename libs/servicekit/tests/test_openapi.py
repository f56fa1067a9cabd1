"""What goes in and comes out is what is declared; and the document says so."""

import json
from typing import Any

import pytest
from apiflask import APIBlueprint, APIFlask
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel, ConfigDict

from servicekit import create_service, openapi, require
from servicekit.guards import Room, open_to_all, signed_in
from servicekit.settings import Settings
from servicekit.testing import Issuer


class Size(BaseModel):
    width: int


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    sizes: list[Size] = []


class Thing(BaseModel):
    """A thing."""

    name: str
    sizes: list[Size]


class Filter(BaseModel):
    limit: int = 20
    kind: list[str] = []


class Wanted(BaseModel):
    if_match: str | None = None


class Row:
    """As a database would give it: with more than anybody should see."""

    def __init__(self, name: str) -> None:
        self.name, self.password = name, "s3cret"
        self.sizes = [{"width": 1, "price": "s3cret"}]


@pytest.fixture
def app(issuer: Issuer) -> APIFlask:
    room = APIBlueprint("things", __name__, tag="Things")

    @room.get("")
    @room.input(Filter, location="query", arg_name="query")
    @room.output(Filter)
    def read_query(query: Filter) -> Filter:
        """List things"""
        return query

    @room.post("")
    @require("things:write")
    @room.input(Draft, arg_name="draft")
    @room.output(Thing, status_code=201)
    def create(draft: Draft) -> Row:
        return Row(draft.name)

    @room.get("/headers")
    @room.input(Wanted, location="headers", arg_name="wanted")
    def read_headers(wanted: Wanted) -> dict[str, str | None]:
        return {"read": wanted.if_match}

    @room.get("/many")
    @room.output(Thing(name="", sizes=[]).__class__)
    def wrong() -> dict[str, str]:
        return {"unexpected": "s3cret"}

    public = APIBlueprint("public", __name__, enable_openapi=False)
    rooms = [Room(room, "/things", signed_in), Room(public, "/public", open_to_all)]
    return create_service("things", Settings(), rooms=rooms, keys=issuer.keys(), max_body=1000)


@pytest.fixture
def headers(issuer: Issuer) -> dict[str, str]:
    return {"Authorization": f"Bearer {issuer.token('things', 'person', 'things:write')}"}


def test_fields_that_are_not_declared_do_not_get_out(app: APIFlask, headers: dict[str, str]) -> None:
    answer = app.test_client().post("/things", json={"name": "box"}, headers=headers)
    assert (answer.status_code, answer.get_json()) == (201, {"name": "box", "sizes": [{"width": 1}]})
    assert "s3cret" not in answer.text


def test_an_answer_that_is_not_as_declared_is_our_mistake(app: APIFlask, headers: dict[str, str]) -> None:
    answer = app.test_client().get("/things/many", headers=headers)
    assert answer.status_code == 500
    assert "s3cret" not in answer.text


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"])
def test_only_json_that_says_so_is_read(app: APIFlask, headers: dict[str, str], content_type: str) -> None:
    body = json.dumps({"name": "box"})
    answer = app.test_client().post("/things", data=body, content_type=content_type, headers=headers)
    assert (answer.status_code, answer.get_json()["type"]) == (415, "/docs/errors/unsupported-media-type")


def test_json_may_name_its_charset(app: APIFlask, headers: dict[str, str]) -> None:
    answer = app.test_client().post(
        "/things", data=b'{"name": "x"}', content_type="application/json; charset=utf-8", headers=headers
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "pointers"),
    [
        ({}, 422, ["/name"]),
        ({"name": "x", "sizes": [{"width": "wide"}]}, 422, ["/sizes/0/width"]),
        ({"name": "x", "more/~": 1}, 422, ["/more~1~0"]),
        ([], 422, [""]),
        ("{", 400, []),
        ("", 400, []),
        ("NaN", 400, []),
        ("[" * 900, 400, []),
        ("x" * 1001, 413, []),
    ],
)
def test_what_is_wrong_is_told(
    app: APIFlask, headers: dict[str, str], body: Any, status: int, pointers: list[str]
) -> None:
    data = body if isinstance(body, str) else json.dumps(body)
    answer = app.test_client().post("/things", data=data, content_type="application/json", headers=headers)
    assert answer.status_code == status
    assert [error["pointer"] for error in answer.get_json().get("errors", [])] == pointers


def test_repeated_parameters_are_a_list_where_one_is_declared(app: APIFlask, headers: dict[str, str]) -> None:
    client = app.test_client()
    read = client.get("/things?kind=a&kind=b&limit=3&unknown=1", headers=headers)
    assert read.get_json() == {"limit": 3, "kind": ["a", "b"]}
    twice = client.get("/things?limit=1&limit=2", headers=headers)
    assert (twice.status_code, twice.get_json()["errors"][0]["pointer"]) == (422, "limit")


def test_declared_headers_are_read(app: APIFlask, headers: dict[str, str]) -> None:
    client = app.test_client()
    assert client.get("/things/headers", headers=headers).get_json() == {"read": None}
    assert client.get("/things/headers", headers=headers | {"If-Match": '"1"'}).get_json() == {"read": '"1"'}


def test_who_may_not_come_in_learns_nothing_about_fields(app: APIFlask) -> None:
    assert app.test_client().post("/things", data="{", content_type="text/plain").status_code == 401


def test_the_document_is_valid_and_complete(app: APIFlask) -> None:
    spec = json.loads(openapi.spec_of(app))
    OpenAPIV31SpecValidator(spec).validate()
    assert {"Draft", "Thing", "Size", "Filter", "Problem"} <= set(spec["components"]["schemas"])
    operation = spec["paths"]["/things"]["post"]
    assert operation["security"] == [{"identity": ["things:write"]}]
    assert operation["requestBody"]["required"] is True
    assert "application/problem+json" in operation["responses"]["default"]["content"]
    assert app.test_client().get("/api/things/openapi.json").get_json() == spec


def test_two_models_of_one_name_are_refused() -> None:
    spec = {
        "paths": {},
        "components": {"schemas": {"A.Size": {"type": "string"}, "B.Size": {"type": "object"}}},
    }
    with pytest.raises(ValueError, match="Size"):
        openapi.complete(spec, {}, {})

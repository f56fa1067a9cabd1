"""Every error is told as problem details (RFC 9457), and none tells what is nobody's business."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIBlueprint, APIFlask
from flask import Flask
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from servicekit import create_service, problems
from servicekit.guards import Room, open_to_all
from servicekit.settings import Settings

SECRET = "s3cret in the statement"


def failing(error: Exception) -> Any:
    """What a client is told when a view raises `error`."""
    room = APIBlueprint("room", __name__)

    @room.get("/")
    def view() -> None:
        raise error

    app = create_service("house", Settings(), rooms=[Room(room, "", open_to_all)])
    return app.test_client().get("/", headers={"X-Request-ID": "a-request-id"})


def cause(kind: type[Exception]) -> Exception:
    return kind(f"near {SECRET}")


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (OperationalError(SECRET, {"x": SECRET}, cause(sqlite3.OperationalError)), 503, "unavailable"),
        (InterfaceError(SECRET, {}, cause(sqlite3.InterfaceError)), 503, "unavailable"),
        (PoolTimeout(SECRET), 503, "unavailable"),
        (IntegrityError(SECRET, {}, cause(sqlite3.IntegrityError)), 500, "internal"),
        (DataError(SECRET, {}, cause(sqlite3.DataError)), 500, "internal"),
        (RuntimeError(SECRET), 500, "internal"),
        (KeyError(SECRET), 500, "internal"),
    ],
)
def test_what_goes_wrong_inside_stays_inside(error: Exception, status: int, slug: str) -> None:
    answer = failing(error)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert SECRET not in answer.text
    assert set(answer.get_json()) == {"type", "title", "status", "detail", "request_id"}
    assert (answer.get_json()["type"], answer.get_json()["status"]) == (f"/docs/errors/{slug}", status)
    assert answer.get_json()["request_id"] == answer.headers["X-Request-ID"] == "a-request-id"
    assert answer.headers.get("Retry-After") == ("2" if status == 503 else None)


def test_a_refusal_is_told_as_it_is() -> None:
    field: problems.FieldError = {"pointer": "/title", "detail": "Too long"}
    answer = failing(problems.InvalidFields("Look at the title.", errors=[field], headers={"X-More": "1"}))
    assert (answer.status_code, answer.headers["X-More"]) == (422, "1")
    assert answer.get_json()["errors"] == [field]
    assert answer.get_json()["detail"] == "Look at the title."


def test_unknown_addresses_and_methods(house: APIFlask) -> None:
    client = house.test_client()
    unknown, wrong = client.get("/nowhere"), client.delete("/public")
    assert (unknown.status_code, unknown.get_json()["type"]) == (404, "/docs/errors/not-found")
    assert (wrong.status_code, wrong.get_json()["type"]) == (405, "/docs/errors/method-not-allowed")
    assert set(wrong.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_there_is_one_kind_for_each_status() -> None:
    assert all(kind.status == status for status, kind in problems.BY_STATUS.items())
    slugs = [kind.slug for kind in problems.BY_STATUS.values()]
    assert len(set(slugs)) == len(slugs)


def test_a_status_without_a_kind_of_its_own() -> None:
    app = Flask(__name__)
    problems.install(app)
    assert app.test_client().get("/x").status_code == 404
    from werkzeug.exceptions import ImATeapot

    assert failing(ImATeapot()).status_code == 400


def test_errors_of_a_real_database_that_is_away(tmp_path: Path) -> None:
    from servicekit.database import Database

    with pytest.raises(OperationalError) as caught:
        Database(f"sqlite:///{tmp_path / 'away' / 'x.db'}").check()
    assert failing(caught.value).status_code == 503

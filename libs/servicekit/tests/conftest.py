"""An issuer of tokens, and services made for a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIBlueprint, APIFlask

from servicekit import create_service, current_identity, require
from servicekit.guards import Room, open_to_all, open_to_visitors, signed_in
from servicekit.settings import Settings
from servicekit.testing import Issuer
from servicekit.tests.peers import Shelf, running_shelf


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def shelf(issuer: Issuer, tmp_path: Path) -> Iterator[Shelf]:
    with running_shelf(issuer, tmp_path) as shelf:
        yield shelf


@pytest.fixture
def house(issuer: Issuer) -> APIFlask:
    """A service with a room for each guard."""

    def room(name: str) -> APIBlueprint:
        return APIBlueprint(name, __name__)

    public, visitors, people = room("public"), room("visitors"), room("people")

    @public.get("")
    def anything() -> dict[str, str]:
        return {"is": "public"}

    @visitors.get("")
    def look() -> dict[str, str]:
        return {"who": current_identity().subject}

    @people.get("")
    def enter() -> dict[str, str]:
        return {"who": current_identity().subject}

    @people.post("")
    @require("things:write")
    def change() -> dict[str, str]:
        return {"changed by": current_identity().subject}

    rooms = [
        Room(public, "/public", open_to_all),
        Room(visitors, "/visitors", open_to_visitors),
        Room(people, "/people", signed_in),
    ]
    return create_service("house", Settings(), rooms=rooms, keys=issuer.keys())

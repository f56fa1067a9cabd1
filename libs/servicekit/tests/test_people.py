"""A service's part of a person's data: who may ask for it, in which form it is given, and that it is erased."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from apiflask import APIFlask

from servicekit import create_service, people
from servicekit.people import EXPORT, File
from servicekit.settings import Settings
from servicekit.testing import Issuer

ANA, BEA = "01920000-0000-7000-8000-00000000000a", "01920000-0000-7000-8000-00000000000b"
MODIFIED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Kept:
    """What a service keeps: notes by person."""

    def __init__(self) -> None:
        self.notes = {ANA: ["one", "two\nlines", "ñ"], BEA: ["hers"]}

    def files(self, person: str) -> Iterator[File]:
        for note in self.notes.get(person, []):
            yield File(f"{note}.txt", note, MODIFIED)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def service(kept: Kept, issuer: Issuer) -> APIFlask:
    rooms = [people.room(kept.files)]
    return create_service("notes", Settings(), rooms=rooms, keys=issuer.keys())


def bearer(issuer: Issuer, subject: str, scope: str, audience: str = "notes") -> dict[str, str]:
    return {"Authorization": f"Bearer {issuer.token(audience, subject, scope)}"}


def test_everything_of_the_person_is_given_and_an_end(service: APIFlask, issuer: Issuer) -> None:
    path = f"/internal/people/{ANA}/export"
    answer = service.test_client().get(path, headers=bearer(issuer, ANA, EXPORT))
    *files, end = map(json.loads, answer.get_data(as_text=True).splitlines())
    assert answer.mimetype == "application/x-ndjson"
    assert [file["text"] for file in files] == ["one", "two\nlines", "ñ"]
    assert {file["modified_at"] for file in files} == {"2026-01-02T03:04:05+00:00"}
    assert end == {"complete": True}


@pytest.mark.parametrize(
    ("subject", "scope", "status"),
    [
        (ANA, "", 403),
        (ANA, "documents:read users:manage internal internal:* INTERNAL:EXPORT internal:erase", 403),
        (BEA, EXPORT, 404),
        ("visitor:1", EXPORT, 401),
    ],
)
def test_nobody_else_may_ask(
    service: APIFlask, issuer: Issuer, subject: str, scope: str, status: int
) -> None:
    asked, path = service.test_client(), f"/internal/people/{ANA}/export"
    assert asked.get(path, headers=bearer(issuer, subject, scope)).status_code == status
    assert asked.get(path).status_code == 401
    assert asked.get(path, headers=bearer(issuer, ANA, EXPORT, "documents")).status_code == 401

"""A service's part of a person's data: who may ask for it, and in which form it is given."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from apiflask import APIFlask

from servicekit import create_service, people
from servicekit.people import ERASE, EXPORT, File, Part
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

    def erase(self, person: str) -> bool:
        """One at a time."""
        left = self.notes.get(person, [])
        if left:
            left.pop()
        return not left


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def service(kept: Kept, issuer: Issuer) -> APIFlask:
    part = Part(kept.files, kept.erase)
    return create_service("notes", Settings(), rooms=[people.room(part)], keys=issuer.keys())


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


def test_it_is_erased_and_once_more_changes_nothing(service: APIFlask, issuer: Issuer, kept: Kept) -> None:
    for _ in range(2):
        answer = service.test_client().delete(f"/internal/people/{ANA}", headers=bearer(issuer, ANA, ERASE))
        assert answer.status_code == 204
        assert kept.notes == {ANA: [], BEA: ["hers"]}


def test_who_has_much_is_erased_in_more_than_one_request(
    service: APIFlask, issuer: Issuer, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PATIENCE", 0.0)
    asked = service.test_client()
    statuses = [
        asked.delete(f"/internal/people/{ANA}", headers=bearer(issuer, ANA, ERASE)).status_code
        for _ in range(3)
    ]
    assert statuses == [202, 202, 204]


@pytest.mark.parametrize(
    ("subject", "scope", "status"),
    [
        (ANA, "", 403),
        (ANA, "documents:read users:manage internal internal:* INTERNAL:EXPORT", 403),
        (BEA, f"{EXPORT} {ERASE}", 404),
        ("visitor:1", f"{EXPORT} {ERASE}", 401),
    ],
)
def test_nobody_else_may_ask(
    service: APIFlask, issuer: Issuer, kept: Kept, subject: str, scope: str, status: int
) -> None:
    asked, headers = service.test_client(), bearer(issuer, subject, scope)
    assert asked.get(f"/internal/people/{ANA}/export", headers=headers).status_code == status
    assert asked.delete(f"/internal/people/{ANA}", headers=headers).status_code == status
    assert asked.get(f"/internal/people/{ANA}/export").status_code == 401
    assert len(kept.notes[ANA]) == 3


def test_one_permission_is_not_the_other_and_no_other_services_counts(
    service: APIFlask, issuer: Issuer, kept: Kept
) -> None:
    asked = service.test_client()
    reads, erases = f"/internal/people/{ANA}/export", f"/internal/people/{ANA}"
    assert asked.get(reads, headers=bearer(issuer, ANA, ERASE)).status_code == 403
    assert asked.delete(erases, headers=bearer(issuer, ANA, EXPORT)).status_code == 403
    assert asked.get(reads, headers=bearer(issuer, ANA, EXPORT, "documents")).status_code == 401
    assert len(kept.notes[ANA]) == 3

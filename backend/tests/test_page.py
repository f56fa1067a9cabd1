"""The page of a refused sign-in."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend.app import create_app
from backend.tests.conftest import settings_for

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture
def without_database(tmp_path: Path) -> FlaskClient:
    return create_app(settings_for(f"sqlite:///{tmp_path}/nowhere/b.db", tmp_path)).test_client()


@pytest.mark.parametrize(("language", "words"), [("es", "No disponible"), ("en", "Not available")])
def test_who_signs_in_while_the_database_is_down_sees_a_page(
    without_database: FlaskClient, language: str, words: str
) -> None:
    headers = {"Accept": BROWSER, "Accept-Language": language}
    answer = without_database.get("/auth/callback?state=x", headers=headers)
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert answer.headers["Retry-After"]
    assert words in answer.text
    assert 'href="/auth/login"' in answer.text


def test_a_program_gets_problem_details(without_database: FlaskClient) -> None:
    answer = without_database.get("/auth/callback?state=x", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")

"""Fixtures for the tests of every part. Those of the running platform are in tests/conftest.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.support import mariadb, run_folder
from tests.support.databases import KINDS, Kind, fresh_database


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        run_folder.make()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        mariadb.stop(run_folder.path() / "mariadb")
        run_folder.remove()


def _is_worker(config: pytest.Config) -> bool:
    """Whether this is one of the processes of `pytest -n`, and not the one that began the run."""
    return hasattr(config, "workerinput")


@pytest.fixture(params=KINDS, scope="session")
def database_kind(request: pytest.FixtureRequest) -> Kind:
    """Tests that ask for it, or for what is built on it, run once on SQLite and once on MariaDB."""
    return cast("Kind", request.param)


@pytest.fixture
def database_url(database_kind: Kind, tmp_path: Path) -> Iterator[str]:
    """An empty database for one test."""
    with fresh_database(database_kind, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def session_database_url(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for all tests of one worker: migrate it once, empty its tables between tests."""
    with fresh_database(database_kind, tmp_path_factory.mktemp("database")) as url:
        yield url

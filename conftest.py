"""Fixtures for the tests of every part. Those of the running platform are in tests/conftest.py."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings

from tests.support import mariadb, run_folder, sharing
from tests.support.databases import KINDS, Kind, NewDatabase, fresh_database

pytest_plugins = ["tests.support.attacks"]

# An example that takes long, or is made slowly, says something of the machine only.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        run_folder.make_in_memory()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        mariadb.stop(run_folder.path() / "mariadb")
        run_folder.remove()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    sharing.longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return sharing.scheduler(config, log)


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
def new_database(database_kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    """Makes empty databases that live as long as the worker: migrate one, empty its tables between tests."""
    folder = tmp_path_factory.mktemp("databases")
    with contextlib.ExitStack() as databases:
        yield lambda: databases.enter_context(fresh_database(database_kind, folder))

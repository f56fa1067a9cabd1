"""One project for all tests; they run in the order in which they are written, on what the ones before have left."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.compose.engine import Project, running_project
from tests.support.platform import Platform


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with running_project(Path(tmp_path_factory.mktemp("checkout"))) as project:
        yield project


@pytest.fixture
def stack(project: Project) -> Platform:
    """What the journey's tests walk through: of the platform they only use the address."""
    return cast("Platform", project)

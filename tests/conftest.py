"""Fixtures for what crosses services: the running platform, people signed in to it, the database server."""

from collections.abc import Callable, Iterator

import httpx2
import pytest

from tests.support import mariadb, people, run_folder
from tests.support.platform import Platform, running_platform

SignIn = Callable[[people.Account], httpx2.Client]


@pytest.fixture(scope="session")
def shared_stack() -> Iterator[Platform]:
    with running_platform() as platform:
        yield platform


@pytest.fixture
def stack(shared_stack: Platform) -> Iterator[Platform]:
    """The platform, one per worker. A test that stops a part may leave it stopped: it is started again here."""
    yield shared_stack
    for name, part in shared_stack.parts.items():
        if part.exit_code is not None:
            shared_stack.start(name)


@pytest.fixture
def visitor(stack: Platform) -> Iterator[httpx2.Client]:
    """A client of the gateway that has not signed in."""
    with people.visitor(stack.url) as client:
        yield client


@pytest.fixture
def signed_in(stack: Platform) -> Iterator[SignIn]:
    """`signed_in("mar")` is a client of the gateway with a session of its own."""
    clients: list[httpx2.Client] = []

    def sign_in(account: people.Account) -> httpx2.Client:
        clients.append(people.sign_in(stack.url, account))
        return clients[-1]

    yield sign_in
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def mysql() -> mariadb.Server:
    """The run's MariaDB server; `tests.support.databases.fresh_database` makes databases on it."""
    return mariadb.shared(run_folder.path() / "mariadb")

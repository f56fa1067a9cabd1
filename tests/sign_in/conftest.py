"""One backend and one provider for each worker; the provider is honest again before each test."""

import uuid
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx2
import pytest

from backend.app import create_app
from tests.sign_in.backend import Backend, State, registered_client, running_backend
from tests.sign_in.browser import Browser
from tests.sign_in.provider import Provider


@pytest.fixture(scope="session")
def secrets_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return registered_client(tmp_path_factory.mktemp("secrets"))


@pytest.fixture(scope="session")
def shared_backend(tmp_path_factory: pytest.TempPathFactory, secrets_dir: Path) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("backend"), secrets_dir) as backend:
        yield backend


@pytest.fixture
def backend(shared_backend: Backend) -> Iterator[Backend]:
    shared_backend.provider.reset()
    yield shared_backend
    shared_backend.provider.reset()


@pytest.fixture
def provider(backend: Backend) -> Provider:
    """The misbehaving one; it vouches for somebody new."""
    backend.provider.person["sub"] = f"somebody-{uuid.uuid4().hex}"
    return backend.provider


@pytest.fixture
def before(backend: Backend) -> State:
    """What there was when the test began."""
    return backend.state()


@pytest.fixture(scope="session")
def http() -> Iterator[httpx2.Client]:
    """Shared, as it is slow to make; it keeps no cookies."""
    nobody = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    limits = httpx2.Limits(max_connections=None)
    with httpx2.Client(cookies=nobody, timeout=30, trust_env=False, limits=limits) as client:
        yield client


@pytest.fixture
def new_browser(http: httpx2.Client, backend: Backend) -> Callable[[], Browser]:
    return lambda: Browser(http, backend.address)


@pytest.fixture
def newcomer(backend: Backend) -> Iterator[Browser]:
    """A browser that is answered by a replica of the backend which has just started: it has asked nothing yet."""
    app = create_app(backend.settings)
    replica = {backend.address: httpx2.WSGITransport(app=app)}
    with httpx2.Client(mounts=replica, timeout=30, trust_env=False) as http:
        yield Browser(http, backend.address)
    backend.provider.reset()
    app.extensions["backend"].database.engine.dispose()


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    return new_browser()

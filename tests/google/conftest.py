"""A backend of two processes, a provider that can misbehave, and two services that may ask for different things."""

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from backend.policy import FILE as POLICY
from demo_idp.provider import CLIENT_ID
from scripts import dev_secrets
from tests.google.people import Member, Service
from tests.sign_in.backend import Backend, running_backend
from tests.sign_in.browser import Browser
from tests.sign_in.conftest import http  # noqa: F401
from tests.sign_in.provider import Provider

SERVICES_MAY = """[google.services]
agenda = ["calendar.readonly"]
errands = ["tasks.readonly", "calendar.readonly"]
"""
SERVICES = ("agenda", "documents", "errands")

NewMember = Callable[[], Member]


@pytest.fixture(scope="session")
def google_secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The provider's client as if Google had given it out, and a key for each service."""
    folder = tmp_path_factory.mktemp("secrets")
    dev_secrets.ensure(folder, SERVICES)
    client = {"client_id": CLIENT_ID, "client_secret": (folder / "demo-client-secret").read_text().strip()}
    (folder / "client-secret.json").write_text(json.dumps({"web": client}))
    return folder


@pytest.fixture(scope="session")
def policy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("policy") / "policy.toml"
    file.write_text(POLICY.read_text().replace("[google.services]\n", SERVICES_MAY))
    return file


@pytest.fixture(scope="session")
def shared_backend(
    tmp_path_factory: pytest.TempPathFactory, google_secrets: Path, policy_file: Path
) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("backend")
    told = {"POLICY_FILE": str(policy_file), "WORKERS": "2"}
    with running_backend(folder, google_secrets, **told) as backend:
        yield backend


@pytest.fixture
def backend(shared_backend: Backend) -> Iterator[Backend]:
    shared_backend.provider.reset()
    yield shared_backend
    shared_backend.provider.reset()


@pytest.fixture
def provider(backend: Backend) -> Provider:
    """It vouches for somebody new."""
    backend.provider.person["sub"] = f"somebody-{uuid.uuid4().hex}"
    return backend.provider


@pytest.fixture
def new_member(http: httpx2.Client, backend: Backend, provider: Provider) -> NewMember:  # noqa: F811
    """Somebody new each time; the provider vouches for whoever came last."""

    def make() -> Member:
        provider.person["sub"] = f"somebody-{uuid.uuid4().hex}"
        provider.forget_grants()
        return Member(Browser(http, backend.address), provider)

    return make


@pytest.fixture
def member(new_member: NewMember) -> Member:
    return new_member()


@pytest.fixture
def agenda(http: httpx2.Client, backend: Backend, google_secrets: Path) -> Service:  # noqa: F811
    return Service(http, backend, google_secrets, "agenda")


@pytest.fixture
def errands(http: httpx2.Client, backend: Backend, google_secrets: Path) -> Service:  # noqa: F811
    return Service(http, backend, google_secrets, "errands")

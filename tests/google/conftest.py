"""A backend of two processes, a provider that can misbehave, and two services that may ask for different things."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from backend.policy import FILE as POLICY
from tests.google.people import Member, Service
from tests.sign_in.backend import Backend, registered_client, running_backend
from tests.sign_in.browser import Browser
from tests.sign_in.conftest import backend, http, provider  # noqa: F401
from tests.sign_in.provider import Provider

SERVICES_MAY = """[google.services]
agenda = ["calendar.readonly"]
errands = ["tasks.readonly", "calendar.readonly"]
"""
SERVICES = ("agenda", "documents", "errands")

NewMember = Callable[[], Member]


@pytest.fixture(scope="session")
def secrets_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return registered_client(tmp_path_factory.mktemp("secrets"), *SERVICES)


@pytest.fixture(scope="session")
def policy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("policy") / "policy.toml"
    file.write_text(POLICY.read_text().replace("[google.services]\n", SERVICES_MAY))
    return file


@pytest.fixture(scope="session")
def shared_backend(
    tmp_path_factory: pytest.TempPathFactory, secrets_dir: Path, policy_file: Path
) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("backend")
    told = {"POLICY_FILE": str(policy_file), "WORKERS": "2"}
    with running_backend(folder, secrets_dir, **told) as running:
        yield running


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
def agenda(http: httpx2.Client, backend: Backend, secrets_dir: Path) -> Service:  # noqa: F811
    return Service(http, backend, secrets_dir, "agenda")


@pytest.fixture
def errands(http: httpx2.Client, backend: Backend, secrets_dir: Path) -> Service:  # noqa: F811
    return Service(http, backend, secrets_dir, "errands")

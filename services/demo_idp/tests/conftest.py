"""A provider in memory and a client that knows the protocol."""

from pathlib import Path

import pytest

from demo_idp.app import create_app
from demo_idp.settings import DemoSettings
from demo_idp.tests.relying_party import RelyingParty


@pytest.fixture(scope="session")
def secrets_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "demo-client-secret").write_text("the secret of the demo client\n")
    return folder


@pytest.fixture
def settings(secrets_dir: Path) -> DemoSettings:
    return DemoSettings(public_url="http://localhost:8080", secrets_dir=secrets_dir)


@pytest.fixture
def party(settings: DemoSettings) -> RelyingParty:
    return RelyingParty(create_app(settings))

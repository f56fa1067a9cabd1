"""Where the provider runs, where it refuses to, and the key that it keeps."""

import subprocess
import sys
from pathlib import Path

import pytest

from demo_idp.app import create_app
from demo_idp.keys import FILE, signing_key
from demo_idp.settings import DemoSettings
from servicekit.settings import SettingsError


def test_the_addresses_follow_from_the_public_one() -> None:
    settings = DemoSettings.from_environment({"PUBLIC_URL": "http://localhost:9000"})

    assert settings.issuer == "http://localhost:9000/demo-idp"
    assert settings.client_redirect_uri == "http://localhost:9000/auth/callback"


def test_the_addresses_can_be_given() -> None:
    given = {
        "ISSUER": "http://127.0.0.1:9003/demo-idp",
        "CLIENT_REDIRECT_URI": "http://127.0.0.1:9001/auth/callback",
    }
    settings = DemoSettings.from_environment(given)

    assert settings.issuer == given["ISSUER"]
    assert settings.client_redirect_uri == given["CLIENT_REDIRECT_URI"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_it_runs_on_loopback(host: str) -> None:
    assert DemoSettings.from_environment({"HOST": host}).host == host


def test_it_runs_elsewhere_in_a_container_only() -> None:
    allowed = {"HOST": "0.0.0.0", "DEMO_IDP_ALLOW_CONTAINER": "1"}

    assert DemoSettings.from_environment(allowed).host == "0.0.0.0"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"ENVIRONMENT": "production"}, "ENVIRONMENT=development"),
        ({"ENVIRONMENT": "production", "PUBLIC_URL": "https://app.example.com"}, "ENVIRONMENT=development"),
        ({"HOST": "0.0.0.0"}, "loopback"),
        ({"HOST": "192.168.1.5"}, "loopback"),
        ({"HOST": "127.0.0.1.evil.example"}, "loopback"),
        ({"HOST": "0.0.0.0", "DEMO_IDP_ALLOW_CONTAINER": "0"}, "loopback"),
        ({"WORKERS": "2"}, "WORKERS"),
        ({"ISSUER": "http://localhost:8080/elsewhere"}, "/demo-idp"),
    ],
)
def test_it_refuses_to_run(environment: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        DemoSettings.from_environment(environment)


def test_the_refusal_is_one_line_and_a_code(tmp_path: Path) -> None:
    environment = {"ENVIRONMENT": "production", "PYTHONPATH": "libs:services"}
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-m", "demo_idp", "web"],
        cwd=root, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.splitlines() == [
        "demo_idp: The demo identity provider runs only with ENVIRONMENT=development."
    ]


def test_without_the_clients_secret_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="demo-client-secret"):
        create_app(DemoSettings(secrets_dir=tmp_path))


def test_the_key_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = signing_key(folder)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert (folder / FILE).read_text().startswith("-----BEGIN PRIVATE KEY-----")
    assert signing_key(folder).as_dict() == first.as_dict()
    assert signing_key(tmp_path / "another").kid != first.kid


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_broken_key_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(SettingsError, match=FILE):
        signing_key(tmp_path)


def test_a_public_key_is_not_enough(tmp_path: Path) -> None:
    public = signing_key(tmp_path).as_pem(private=False)
    (tmp_path / FILE).write_bytes(public)

    with pytest.raises(SettingsError, match="no private key"):
        signing_key(tmp_path)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_that_it_is_well(settings: DemoSettings, path: str) -> None:
    assert create_app(settings).test_client().get(path).status_code == 200

"""What the backend refuses to start with."""

import json
from pathlib import Path

import pytest

from backend.policy import read_policy
from backend.settings import GOOGLE, BackendSettings
from backend.tests.conftest import secrets_in
from servicekit.settings import SettingsError

PRODUCTION = {
    "ENVIRONMENT": "production",
    "PUBLIC_URL": "https://app.example.com",
    "DATABASE_URL": "mysql+pymysql://db/b",
}


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    return secrets_in(tmp_path / "secrets")


def read(secrets: Path, **environ: str) -> BackendSettings:
    return BackendSettings.from_environment({"SECRETS_DIR": str(secrets), **environ})


def test_google_is_the_provider_once_its_file_is_there(secrets: Path) -> None:
    settings = read(secrets, **PRODUCTION)
    assert not settings.demo
    assert (settings.client().issuer, settings.client().client_id) == (GOOGLE, "us")
    assert settings.sign_up == "invite"
    assert settings.admins == frozenset()
    assert settings.callback_url == "https://app.example.com/auth/callback"


def test_the_file_may_be_of_an_installed_application(secrets: Path) -> None:
    told = {
        "installed": {"client_id": "desktop", "client_secret": "s", "redirect_uris": ["http://localhost"]}
    }
    (secrets / "client-secret.json").write_text(json.dumps(told))
    assert read(secrets).client().client_id == "desktop"


def test_without_the_file_development_has_the_demo_provider(secrets: Path) -> None:
    (secrets / "client-secret.json").unlink()
    (secrets / "demo-client-secret").write_text("demo")
    settings = read(secrets, PUBLIC_URL="http://localhost:9000")
    assert settings.demo
    assert settings.client().issuer == "http://localhost:9000/demo-idp"
    assert settings.sign_up == "domain:demo.example"
    assert settings.admins == {"ada@demo.example"}
    assert read(secrets, SIGNUP="open", ADMIN_EMAILS=" Me@Example.com ,").admins == {"me@example.com"}


def test_the_inner_address_of_the_demo_provider_never_stands_for_another(secrets: Path) -> None:
    """Containers are told it always, also when there is a client of Google."""
    inner = {"DEMO_BACKCHANNEL_URL": "http://demo-idp:8000/demo-idp"}
    assert read(secrets, **inner).client().backchannel is None
    (secrets / "client-secret.json").unlink()
    (secrets / "demo-client-secret").write_text("demo")
    assert read(secrets, **inner).client().backchannel == inner["DEMO_BACKCHANNEL_URL"]


def test_the_services_that_keep_data_of_people_are_named(secrets: Path) -> None:
    told = read(secrets, DATA_SERVICES="documents=http://documents:8000/,")
    assert told.keepers == {"documents": "http://documents:8000"}
    assert read(secrets).keepers == {}


def test_who_keeps_data_of_people_must_hear_that_they_have_left(secrets: Path) -> None:
    with pytest.raises(SettingsError, match=r"names notes.*user\.deleted\.v1"):
        read(secrets, DATA_SERVICES="documents=http://documents:8000, notes=http://[::1]:9")


def test_production_never_falls_back_to_the_demo_provider(secrets: Path) -> None:
    (secrets / "client-secret.json").unlink()
    with pytest.raises(SettingsError, match=r"client-secret\.json is missing"):
        read(secrets, **PRODUCTION)


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({"SIGNUP": "everyone"}, "SIGNUP"),
        ({"SIGNUP": "domain:"}, "SIGNUP"),
        ({"SIGNUP": "domain:no_dots"}, "SIGNUP"),
        ({"SESSION_IDLE": "soon"}, "SESSION_IDLE"),
        ({"PORT": "70000"}, "PORT"),
        ({"ADMIN_EMAILS": "me@example.com, you"}, "ADMIN_EMAILS"),
        ({"ADMIN_EMAILS": "me@example.com you@example.com"}, "ADMIN_EMAILS"),
        ({"DATA_SERVICES": "documents"}, "DATA_SERVICES"),
        ({"DATA_SERVICES": "documents=ftp://documents"}, "DATA_SERVICES"),
        ({"DATA_SERVICES": "documents=http://documents/path"}, "DATA_SERVICES"),
        ({"PUBLIC_URL": "app.example.com"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://app.example.com/path"}, "PUBLIC_URL"),
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT"),
        ({"OIDC_ISSUER": "http://idp.example.com"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://localhost.example.com"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "https://"}, "OIDC_ISSUER"),
        ({**PRODUCTION, "OIDC_ISSUER": "http://127.0.0.1:9000"}, "OIDC_ISSUER"),
        ({**PRODUCTION, "PUBLIC_URL": "http://app.example.com"}, "PUBLIC_URL"),
        ({**PRODUCTION, "DATABASE_URL": ""}, "DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(secrets: Path, environ: dict[str, str], names: str) -> None:
    with pytest.raises(SettingsError, match=names):
        read(secrets, **environ)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"web": []}',
        '{"web": {"client_id": "us"}}',
        '{"web": {"client_id": "", "client_secret": "s"}}',
        '{"web": {"client_id": 7, "client_secret": "s"}}',
        '{"web": {"client_id": "<client id>", "client_secret": "s"}}',
        '{"web": {"client_id": "your-client-id", "client_secret": "s"}}',
        '{"web": {"client_id": "YOUR_CLIENT_ID", "client_secret": "s"}}',
        '{"web": {"client_id": "us", "client_secret": "changeme"}}',
        '{"web": {"client_id": "…", "client_secret": "…"}}',
    ],
)
def test_a_broken_client_secret_is_told_in_one_line(secrets: Path, content: str) -> None:
    (secrets / "client-secret.json").write_text(content)
    with pytest.raises(SettingsError, match=r"client-secret\.json") as told:
        read(secrets)
    assert "\n" not in str(told.value)


def test_production_refuses_a_master_key_that_nobody_made_by_chance(secrets: Path) -> None:
    (secrets / "master-key").write_text("A" * 43 + "=")
    with pytest.raises(SettingsError, match="master-key holds a placeholder"):
        read(secrets, **PRODUCTION)
    assert read(secrets).master_keys()


def test_an_issuer_on_loopback_may_be_plain_http_in_development(secrets: Path) -> None:
    for issuer in ("http://127.0.0.1:9000/op", "http://localhost:9000", "http://[::1]:9000"):
        assert read(secrets, OIDC_ISSUER=issuer).client().issuer == issuer


def test_secrets_do_not_show_when_printed(secrets: Path) -> None:
    assert "between us" not in repr(read(secrets).client())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "permissions"),
        ("[permissions", "cannot be read"),
        ('[permissions]\n[roles]\nmember = ["x:y"]\n[audiences]', "does not declare: x:y"),
        ('[permissions]\n[roles]\n[audiences]\nnotes = ["x:y"]', "does not declare: x:y"),
    ],
)
def test_a_broken_policy_is_told(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=told):
        read_policy(file)

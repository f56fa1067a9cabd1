"""Settings: from the environment, checked at start, with messages that name what is wrong."""

from pathlib import Path

import pytest

from servicekit.settings import Settings, SettingsError, read_secret


def test_defaults_are_for_development() -> None:
    settings = Settings.from_environment({})
    assert (settings.environment, settings.production, settings.token_issuer) == (
        "development", False, "http://localhost:8080",
    )  # fmt: skip


def test_variables_are_read_by_their_names_and_empty_ones_are_absent() -> None:
    settings = Settings.from_environment(
        {"PORT": "9000", "PUBLIC_URL": "https://a.example/", "HOST": "", "X": "1"}
    )
    assert (settings.port, settings.public_url, settings.host) == (9000, "https://a.example", "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"), ("PORT", "http"), ("WORKERS", "0"), ("THREADS", "-1"), ("ENVIRONMENT", "staging"),
        ("LOG_LEVEL", "loud"), ("PUBLIC_URL", "localhost:8080"), ("PUBLIC_URL", "ftp://a.example"),
        ("PUBLIC_URL", "https://a.example/path"), ("PUBLIC_URL", "https://"),
        ("DATABASE_URL", "db/name"), ("PUBLIC_URL", "https://a.example?x"),
        ("BROKER_URL", "rabbitmq"), ("BROKER_URL", "amqp://"), ("BROKER_URL", "filesystem://"),
        ("BROKER_URL", "redis://there/0"), ("WORKER_PORT", "0"),
        ("PUBLIC_URL", "http://a.example"), ("PUBLIC_URL", "http://192.0.2.1:8080"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


def test_a_wrong_value_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"PUBLIC_URL": "s3cret"})
    assert str(caught.value) == (
        "Wrong settings. PUBLIC_URL: must be an address like https://app.example.com, without a path"
    )


@pytest.mark.parametrize(
    ("environment", "wrong"),
    [
        ({"DATABASE_URL": "sqlite:///x.db"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://a.example"}, "DATABASE_URL"),
    ],
)
def test_production_refuses_what_is_for_development(environment: dict[str, str], wrong: str) -> None:
    with pytest.raises(SettingsError, match=wrong):
        Settings.from_environment(environment | {"ENVIRONMENT": "production"})


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1


def test_a_secret_is_the_content_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret \r\n", encoding="utf-8")
    assert read_secret(tmp_path, "key") == "s3cret "


def test_a_secret_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    (tmp_path / "folder").mkdir()
    for name, why in {"none": "missing", "empty": "empty", "binary": "read", "folder": "read"}.items():
        with pytest.raises(SettingsError, match=f"{name}.*{why}"):
            read_secret(tmp_path, name)


def test_passwords_may_have_files_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "word").write_text("s3cret\n", encoding="utf-8")
    files = {name: str(tmp_path / "word") for name in ("DATABASE_PASSWORD_FILE", "BROKER_PASSWORD_FILE")}
    told = Settings.from_environment(files)
    assert (told.database_password, told.broker_password) == ("s3cret", "s3cret")
    assert (Settings().database_password, Settings().broker_password) == (None, None)
    with pytest.raises(SettingsError, match="nowhere"):
        _ = Settings(database_password_file=tmp_path / "nowhere").database_password

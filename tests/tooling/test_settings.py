"""The deployer's settings: the environment first, then the file `.env`."""

from pathlib import Path

import pytest

from scripts.console import Failure
from scripts.settings import deployer_settings, port_number, read_env_file
from scripts.stack import Stack


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_the_environment_wins_over_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("SIGNUP=invite\nADMIN_EMAILS=a@b.example\nPORT=9000\n")
    monkeypatch.setenv("SIGNUP", "open")
    monkeypatch.setenv("PORT", "")  # empty counts as not set
    monkeypatch.delenv("ADMIN_EMAILS", raising=False)
    settings = deployer_settings(env_file)
    assert (settings["SIGNUP"], settings["ADMIN_EMAILS"], settings["PORT"]) == ("open", "a@b.example", "9000")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("export NAME=value", "value"),
        ("  NAME = value  ", "value"),
        ('NAME="two words"', "two words"),
        ("NAME='# not a comment'", "# not a comment"),
        ("NAME=value # a comment", "value"),
        ("NAME=a=b", "a=b"),
        ("NAME=", ""),
        ('NAME=""', ""),
    ],
)
def test_a_line_of_the_file(env_file: Path, line: str, value: str) -> None:
    env_file.write_text(f"# a comment\n\n{line}\n")
    assert read_env_file(env_file) == {"NAME": value}


@pytest.mark.parametrize("line", ["NAME", "two words=x", "=x", "1NAME=x", 'NAME="open', "NAME=it's"])
def test_a_broken_line_is_told_with_its_number(env_file: Path, line: str) -> None:
    env_file.write_text(f"FIRST=1\n{line}\n")
    with pytest.raises(Failure, match="line 2"):
        read_env_file(env_file)


def test_the_file_may_be_absent(env_file: Path) -> None:
    assert read_env_file(env_file) == {}


@pytest.mark.parametrize("text", ["", "0", "65531", "-1", "80.5", "http"])
def test_a_port_is_a_number_with_room_for_the_services(text: str) -> None:
    with pytest.raises(Failure, match="PORT must be"):
        port_number({"PORT": text})


def test_each_service_is_told_only_what_concerns_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not for anyone here")
    settings = {
        "SIGNUP": "open",
        "LOG_LEVEL": "DEBUG",
        "DOCUMENTS_DATABASE_URL": "mysql+pymysql://there/documents",
    }
    stack = Stack(tmp_path, 9000, settings, tmp_path / "secrets")
    backend, documents = stack.environment("backend"), stack.environment("documents")
    assert (backend["SIGNUP"], backend["LOG_LEVEL"]) == ("open", "DEBUG")
    assert backend["DATABASE_URL"] == f"sqlite:///{tmp_path}/data/backend.db"
    assert documents["DATABASE_URL"] == "mysql+pymysql://there/documents"
    assert "SIGNUP" not in documents
    assert "AWS_SECRET_ACCESS_KEY" not in {**backend, **documents}


@pytest.mark.parametrize(
    "settings", [{"OIDC_ISSUER": "https://accounts.example"}, {"ENVIRONMENT": "production"}], ids=str
)
def test_the_demo_provider_runs_only_when_nothing_else_is_given(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    assert "demo_idp" in Stack(tmp_path, secrets=tmp_path).ports
    assert "demo_idp" not in Stack(tmp_path, settings=settings, secrets=tmp_path).ports


def test_nor_beside_a_client_of_google(tmp_path: Path) -> None:
    (tmp_path / "client-secret.json").write_text("{}")
    assert not Stack(tmp_path, secrets=tmp_path).demo


def test_the_ai_service_runs_unless_it_is_switched_off(tmp_path: Path) -> None:
    on, off = Stack(tmp_path, secrets=tmp_path), Stack(tmp_path, settings={"AI": "off"}, secrets=tmp_path)
    assert {"ai", "ai_worker"} <= {process.name for process in on.processes}
    assert "ai" in {job.name for job in on.migrations}
    names = {process.name for process in off.processes} | {job.name for job in off.migrations}
    assert not {name for name in names if name.startswith("ai")}
    assert "ai=" not in off.environment("documents")["PEERS"]
    assert off.gateway_settings().ai is None

"""Settings from the environment: one frozen, typed object per service, checked at start."""

import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


SERVICE = re.compile(r"[a-z][a-z0-9_-]{0,63}=https?://[A-Za-z0-9.\[\]:_-]+/?")


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


class Settings(BaseModel):
    """What every service needs to know. A service adds its own fields in its settings.py."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"
    public_url: str = "http://localhost:8080"
    database_url: str = "sqlite:///:memory:"
    database_password_file: Path | None = None
    backend_url: str = "http://127.0.0.1:8081"
    broker_url: str = "filesystem://var/events"
    broker_password_file: Path | None = None
    jwks_url: str = "http://127.0.0.1:8081/.well-known/jwks.json"
    peers: str | None = None
    secrets_dir: Path = Path("secrets")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    worker_port: int = Field(default=8001, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    threads: int = Field(default=16, ge=1, le=512)
    drain: float = Field(default=0, ge=0, le=60)

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        url = urlsplit(value)
        if (
            url.scheme not in {"http", "https"}
            or not url.hostname
            or url.path.strip("/")
            or url.query
            or url.fragment
        ):
            raise ValueError("must be an address like https://app.example.com, without a path")
        return f"{url.scheme}://{url.netloc}"

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, value: str) -> str:
        if not re.fullmatch(r"\w+(\+\w+)?://.*", value):
            raise ValueError("must be an address like mysql+pymysql://user:password@host/name")
        return value

    @field_validator("broker_url")
    @classmethod
    def _a_broker(cls, value: str) -> str:
        url = urlsplit(value)
        if (url.scheme in {"amqp", "amqps"} and url.hostname) or (
            url.scheme == "filesystem" and url.netloc + url.path
        ):
            return value
        raise ValueError("must be an address like amqp://user@host/name, or filesystem:///a/folder")

    @field_validator("peers")
    @classmethod
    def _services(cls, value: str) -> str:
        return services_in(value)

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def token_issuer(self) -> str:
        """`iss` of the identity tokens."""
        return self.public_url

    @property
    def peer_addresses(self) -> dict[str, str]:
        """The services that this one may call, and where each is."""
        return addresses(self.peers)

    @property
    def database_password(self) -> str | None:
        """The password that DATABASE_URL leaves out, where it is kept in a file of its own."""
        return _read_file(self.database_password_file)

    @property
    def broker_password(self) -> str | None:
        """The same of BROKER_URL."""
        return _read_file(self.broker_password_file)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the fields from upper-case variables of the same names; empty counts as absent."""
        environ = os.environ if environ is None else environ
        given = {name: environ[name.upper()] for name in cls.model_fields if environ.get(name.upper())}
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError(_in_words(error)) from None
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what must not run in production. A service extends this."""
        if self.production and not self.public_url.startswith("https://"):
            raise SettingsError("PUBLIC_URL must start with https:// in production.")
        if not (self.public_url.startswith("https://") or is_loopback(self.public_url)):
            raise SettingsError(
                "PUBLIC_URL must start with https://, except on localhost: browsers keep no session cookie over http."
            )
        if self.production and ":memory:" in self.database_url:
            raise SettingsError("DATABASE_URL must name a database in production.")


def listed(text: str | None) -> list[str]:
    """The parts between the commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def services_in(value: str) -> str:
    """For a validator: `documents=http://documents:8000`, and others after commas."""
    if not all(SERVICE.fullmatch(part) for part in listed(value)):
        raise ValueError("must be like documents=http://documents:8000, separated by commas")
    return value


def addresses(value: str | None) -> dict[str, str]:
    """name → address, of such a value."""
    return {name: url.rstrip("/") for name, _, url in (part.partition("=") for part in listed(value))}


def is_loopback(url: str) -> bool:
    """Whether `url` leads to this machine only."""
    host = urlsplit(url).hostname or ""
    try:
        return host in LOOPBACK_HOSTS or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_secret(directory: Path, name: str) -> str:
    """The content of a secret file without its last line break; never empty."""
    path = directory / name
    try:
        text = path.read_text(encoding="utf-8").rstrip("\r\n")
    except FileNotFoundError:
        raise SettingsError(f"The secret file {path} is missing. See secrets/README.md.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The secret file {path} cannot be read ({type(error).__name__}).") from None
    if not text:
        raise SettingsError(f"The secret file {path} is empty. See secrets/README.md.")
    return text


def _read_file(path: Path | None) -> str | None:
    return read_secret(path.parent, path.name) if path else None


def _in_words(error: ValidationError) -> str:
    return "Wrong settings. " + "; ".join(
        f"{str(e['loc'][0]).upper() if e['loc'] else 'settings'}: {e['msg'].removeprefix('Value error, ')}"
        for e in error.errors()
    )

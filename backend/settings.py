"""The backend's settings: the only reader of its environment and secrets."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from backend.audit.retention import LEAST
from backend.policy import FILE as POLICY
from servicekit import people
from servicekit.settings import (
    Settings,
    SettingsError,
    addresses,
    is_loopback,
    listed,
    read_secret,
    services_in,
)

GOOGLE = "https://accounts.google.com"
DEMO_DOMAIN = "demo.example"
DEMO_ADMIN = "ada@demo.example"
DEMO_CLIENT = "zaguan-demo"
CLIENT_FILE = "client-secret.json"
PLACEHOLDER = re.compile(r"<|\.{3}|…|your[-_ ]|change[-_ ]?me|placeholder|xxx", re.IGNORECASE)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


class Client(BaseModel):
    """What the identity provider knows us by."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    client_id: str
    client_secret: str = Field(repr=False)
    backchannel: str | None = None


class BackendSettings(Settings):
    oidc_issuer: str | None = None
    oidc_backchannel_url: str | None = None
    demo_backchannel_url: str | None = None
    signup: str | None = None
    admin_emails: str | None = None
    policy_file: Path = POLICY
    data_services: str | None = None
    audit_retention: int | None = Field(default=None, ge=LEAST)
    message_token_life: int = Field(default=24 * 3600, ge=60, le=7 * 24 * 3600)
    streams: int = Field(default=512, ge=1, le=10_000)
    streams_port: int = Field(default=8002, ge=1, le=65535)
    session_idle: int = Field(default=24 * 3600, ge=60)
    session_lifetime: int = Field(default=30 * 24 * 3600, ge=60)

    @field_validator("signup")
    @classmethod
    def _a_known_way(cls, value: str | None) -> str | None:
        domain = (value or "").removeprefix("domain:")
        if value in {None, "invite", "open"} or (domain != value and DOMAIN.fullmatch(domain)):
            return value
        raise ValueError("must be invite, open, or domain:example.com")

    @field_validator("admin_emails")
    @classmethod
    def _addresses(cls, value: str) -> str:
        if not all(re.fullmatch(r"[^@\s]+@[^@\s]+", address) for address in listed(value)):
            raise ValueError("must be e-mail addresses, separated by commas")
        return value

    @field_validator("data_services")
    @classmethod
    def _keepers(cls, value: str) -> str:
        return services_in(value)

    @property
    def keepers(self) -> dict[str, str]:
        """The services that keep something of people, and where each answers for it."""
        return addresses(self.data_services)

    @property
    def demo(self) -> bool:
        """Whether the demo identity provider stands in for Google."""
        return not self.production and not self.oidc_issuer and not (self.secrets_dir / CLIENT_FILE).exists()

    @property
    def sign_up(self) -> str:
        return self.signup or (f"domain:{DEMO_DOMAIN}" if self.demo else "invite")

    @property
    def admins(self) -> frozenset[str]:
        """E-mail addresses, in lower case, that become administrators at their first sign-in."""
        told = self.admin_emails if self.admin_emails is not None else (DEMO_ADMIN if self.demo else "")
        return frozenset(address.lower() for address in listed(told))

    @property
    def callback_url(self) -> str:
        return f"{self.public_url}/auth/callback"

    def check(self) -> None:
        super().check()
        self.client()
        if silent := self.keepers.keys() - people.listeners():
            raise SettingsError(
                f"DATA_SERVICES names {min(silent)}, which does not hear who deletes their account: give it a queue "
                f"with {people.DELETED} in contracts/events/topology.toml (docs/adding-a-service.md, 6)."
            )
        if self.production and not all(map(_is_random, self.master_keys())):
            raise SettingsError(
                f"{self.secrets_dir / 'master-key'} holds a placeholder. See secrets/README.md."
            )

    def client(self) -> Client:
        """The OpenID Connect client: the demo provider's, or that of secrets/client-secret.json."""
        if self.demo:
            issuer, secret = (
                f"{self.public_url}/demo-idp",
                read_secret(self.secrets_dir, "demo-client-secret"),
            )
            return Client(
                issuer=issuer,
                client_id=DEMO_CLIENT,
                client_secret=secret,
                backchannel=self.demo_backchannel_url,
            )
        issuer = self.oidc_issuer or GOOGLE
        _refuse_plain_http(issuer, production=self.production)
        registered = _registered_client(self.secrets_dir)
        return Client(issuer=issuer, backchannel=self.oidc_backchannel_url, **registered)

    def master_keys(self) -> list[str]:
        """Fernet keys, the current one first; the others only read what was encrypted before."""
        return read_secret(self.secrets_dir, "master-key").split()


def _is_random(key: str) -> bool:
    """Whether its 43 letters look drawn by chance: then more than a dozen of them differ."""
    return len(set(key)) > 12


def _refuse_plain_http(issuer: str, *, production: bool) -> None:
    url = urlsplit(issuer)
    if url.hostname and (url.scheme == "https" or (not production and is_loopback(issuer))):
        return
    raise SettingsError(
        "OIDC_ISSUER must be an https:// address (http is for loopback addresses in development)."
    )


def _registered_client(secrets: Path) -> dict[str, str]:
    """Client id and secret from the file as Google's console downloads it."""
    path = secrets / CLIENT_FILE
    advice = "Download it again from the provider's console, see secrets/README.md."
    try:
        told: dict[str, Any] = json.loads(read_secret(secrets, CLIENT_FILE))
        client: dict[str, Any] = told.get("web") or told["installed"]
        client_id, client_secret = client["client_id"], client["client_secret"]
    except (ValueError, AttributeError, KeyError, TypeError):
        raise SettingsError(
            f"{path} is not a client secret as Google's console downloads it. {advice}"
        ) from None
    if not all(isinstance(v, str) and v and not PLACEHOLDER.match(v) for v in (client_id, client_secret)):
        raise SettingsError(f"{path} holds a placeholder. {advice}")
    return {"client_id": client_id, "client_secret": client_secret}

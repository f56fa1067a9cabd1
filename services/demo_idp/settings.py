"""Settings of the demo identity provider, the refusal to run where it must not included."""

from typing import Self

from pydantic import Field, model_validator

from servicekit.settings import LOOPBACK_HOSTS, Settings, SettingsError, read_secret

PREFIX = "/demo-idp"


class DemoSettings(Settings):
    """The common settings, and who the provider and its one client are."""

    port: int = Field(default=8083, ge=1, le=65535)
    threads: int = Field(default=8, ge=1, le=512)
    issuer: str = ""
    client_redirect_uri: str = ""
    demo_idp_allow_container: bool = False
    demo_idp_rotates: bool = False

    @model_validator(mode="before")
    @classmethod
    def _derived_from_the_public_address(cls, given: dict[str, object]) -> dict[str, object]:
        public_url = str(given.get("public_url", "http://localhost:8080")).rstrip("/")
        derived = {"issuer": public_url + PREFIX, "client_redirect_uri": f"{public_url}/auth/callback"}
        return derived | given

    @model_validator(mode="after")
    def _issuer_ends_in_the_prefix(self) -> Self:
        if not self.issuer.endswith(PREFIX):
            raise ValueError(f"ISSUER must end in {PREFIX}")
        return self

    def check(self) -> None:
        """Anyone may be anyone here: only in development, and only for this machine."""
        if self.production:
            raise SettingsError("The demo identity provider runs only with ENVIRONMENT=development.")
        if self.host not in LOOPBACK_HOSTS and not self.demo_idp_allow_container:
            raise SettingsError(
                f"The demo identity provider listens on loopback only, not on HOST={self.host}. "
                "In a container, whose network is closed by other means, set DEMO_IDP_ALLOW_CONTAINER=1."
            )
        if self.workers != 1:
            raise SettingsError("The demo identity provider keeps its codes in memory: WORKERS must be 1.")

    def client_secret(self) -> str:
        """What the platform authenticates with."""
        return read_secret(self.secrets_dir, "demo-client-secret")

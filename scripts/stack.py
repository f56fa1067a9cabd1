"""The platform as it runs natively: which processes, with which environment, on which ports.

`make up` runs it under var/, the tests run the same in a temporary folder on free ports.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.policy import FILE as POLICY
from backend.policy import BadPolicy, read_policy
from scripts import gateway
from scripts.console import Failure
from scripts.programs import NGINX
from scripts.settings import port_number
from scripts.shell import ROOT

LOOPBACK = "127.0.0.1"
MOST_PORTS = 12  # in a row, from that of the gateway on, are enough for all processes

# What of the environment reaches every process, and what each service may be told by the deployer.
# The names are explained in README.md; anything else of the environment stays outside.
SYSTEM = ("HOME", "LANG", "LC_ALL", "PATH", "SSL_CERT_FILE", "TMPDIR", "TZ", "HTTPS_PROXY", "NO_PROXY")
COMMON = ("ENVIRONMENT", "LOG_LEVEL")
WITH_EVENTS = ("backend", "documents", "ai")
SIZE = ("THREADS", "WORKERS")
STREAMS = "backend_streams"
PER_SERVICE = {
    "backend": (
        "ADMIN_EMAILS",
        "AUDIT_RETENTION",
        "DATA_SERVICES",
        "MESSAGE_TOKEN_LIFE",
        "OIDC_BACKCHANNEL_URL",
        "OIDC_ISSUER",
        "POLICY_FILE",
        "SESSION_IDLE",
        "SESSION_LIFETIME",
        "SIGNUP",
        "STREAMS",
        *SIZE,
    ),
    "documents": SIZE,
    "ai": (
        "AI_BUDGET_DAY",
        "AI_BUDGET_MONTH",
        "AI_BUDGET_VISITOR",
        "AI_BUDGET_VISITORS",
        "AI_UPSTREAM_MODEL",
        "AI_UPSTREAM_URL",
        *SIZE,
    ),
    "demo_idp": ("DEMO_IDP_ROTATES",),
}


@dataclass(frozen=True)
class Process:
    """A program to start."""

    name: str
    command: Callable[[], Sequence[str]]
    """Makes ready what the program needs, each time it is started, and returns how to start it."""
    env: Mapping[str, str]
    ready: str
    """The address that answers 200 once it can serve."""


@dataclass(frozen=True)
class Stack:
    """One running copy of the platform: its folder, its ports, the deployer's settings."""

    var: Path
    port: int = 8080
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Path = ROOT / "secrets"
    libs: Path = ROOT / "libs"

    @classmethod
    def from_settings(cls, settings: dict[str, str], var: Path, secrets: Path) -> "Stack":
        return cls(var.resolve(), port_number(settings), settings, secrets.resolve())

    @property
    def public_url(self) -> str:
        return self.settings.get("PUBLIC_URL", f"http://localhost:{self.port}").rstrip("/")

    @property
    def demo(self) -> bool:
        """Whether people sign in with the demo accounts: in development, unless a provider is given."""
        development = self.settings.get("ENVIRONMENT", "development") == "development"
        provider = "OIDC_ISSUER" in self.settings or (self.secrets / "client-secret.json").exists()
        return development and not provider

    @property
    def ports(self) -> dict[str, int]:
        names = ["gateway", "backend", "documents", *(["demo_idp"] if self.demo else [])]
        workers = [worker_of(name) for name in WITH_EVENTS if name != "ai"]
        ai = ["ai", worker_of("ai")] if self.ai else []
        return {name: self.port + offset for offset, name in enumerate([*names, *workers, *ai, STREAMS])}

    @property
    def ai(self) -> bool:
        """Whether the AI service runs."""
        return self.settings.get("AI", "on") != "off"

    @property
    def with_events(self) -> list[str]:
        """The services that run with a database and a worker."""
        return [name for name in WITH_EVENTS if name in self.ports]

    @property
    def clients(self) -> list[str]:
        """The services of the policy: each proves to the backend who it is with a key of its own."""
        try:
            policy = read_policy(Path(self.settings.get("POLICY_FILE", POLICY)))
        except BadPolicy as error:
            raise Failure(str(error)) from None
        theirs = {*policy.audiences, *policy.google.services, *policy.exchange, *policy.platform}
        return sorted(theirs - {"backend"})

    @property
    def bind(self) -> str:
        """The address of the gateway; the services listen on loopback only."""
        return self.settings.get("BIND", LOOPBACK)

    def door(self, path: str) -> str:
        """The address of a path at the gateway, for who asks from this machine."""
        host = f"[{self.bind}]" if ":" in self.bind else self.bind
        return f"http://{host}:{self.port}{path}"

    @property
    def processes(self) -> list[Process]:
        serving = [name for name in PER_SERVICE if name in self.ports]
        return [
            self._gateway(),
            *(self._python(name, "web") for name in serving),
            *(self._worker(name) for name in self.with_events),
            self._python("backend", "streams", STREAMS),
        ]

    @property
    def migrations(self) -> list[Process]:
        """Jobs that end: each brings one service's schema to its newest revision."""
        return [self._python(name, "migrate") for name in self.with_events]

    def make_folders(self) -> None:
        for folder in (self.data, self.logs, self.nginx):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def render_gateway(self) -> list[str]:
        """Write nginx's configuration; the command that starts it."""
        try:
            return gateway.render(self.gateway_settings(), self.nginx)
        except gateway.BadSetting as error:
            raise Failure(f"{error}.") from None

    def clean(self) -> None:
        """Remove what only a running gateway needs: kept decisions, sockets."""
        gateway.clean(self.nginx)

    @property
    def data(self) -> Path:
        return self.var / "data"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def nginx(self) -> Path:
        """The gateway's prefix."""
        return self.var / "nginx"

    def environment(self, name: str) -> dict[str, str]:
        """The whole environment of one service's processes."""
        return {
            **_chosen(os.environ, SYSTEM),
            **_chosen(self.settings, COMMON),
            **_chosen(self.settings, PER_SERVICE[name]),
            "PYTHONPATH": os.pathsep.join(map(str, (self.libs, ROOT, ROOT / "services"))),
            "PYTHONUNBUFFERED": "1",
            "PUBLIC_URL": self.public_url,
            "SECRETS_DIR": str(self.secrets),
            "HOST": LOOPBACK,
            "PORT": str(self.ports[name]),
            "BACKEND_URL": f"http://{self._address('backend')}",
            "JWKS_URL": f"http://{self._address('backend')}/.well-known/jwks.json",
            "DATABASE_URL": self.database_url(name),
            "PEERS": self._and_theirs("PEERS"),
            **(self._of_backend() if name == "backend" else {}),
            **(self._of_events(name) if name in WITH_EVENTS else {}),
            **({"DEMO_BACKCHANNEL_URL": f"http://{self._address('demo_idp')}/demo-idp"} if self.demo else {}),
        }

    def _of_backend(self) -> dict[str, str]:
        """The services that keep data of people, and where live updates are followed."""
        return {
            "DATA_SERVICES": self._and_theirs("DATA_SERVICES"),
            "STREAMS_PORT": str(self.ports[STREAMS]),
        }

    def _and_theirs(self, setting: str) -> str:
        """Names and addresses of the platform's services, and of those that the deployer adds."""
        theirs = self.settings.get(setting)
        ours = ",".join(
            f"{name}=http://{self._address(name)}" for name in self.with_events if name != "backend"
        )
        return f"{ours},{theirs}" if theirs else ours

    def database_url(self, name: str) -> str:
        """`BACKEND_DATABASE_URL`, `DOCUMENTS_DATABASE_URL`: each service has a database of its own."""
        default = f"sqlite:///{self.data / f'{name}.db'}"
        return self.settings.get(f"{name.upper()}_DATABASE_URL", default)

    def _of_events(self, name: str) -> dict[str, str]:
        return {"BROKER_URL": self.broker_url(name), "WORKER_PORT": str(self.ports[worker_of(name)])}

    def broker_url(self, name: str) -> str:
        """`BACKEND_BROKER_URL`, `DOCUMENTS_BROKER_URL`: each service has a user of its own."""
        absent = "" if self.ai else "?absent=ai"
        embedded = f"filesystem://{self.data / 'events'}{absent}"
        return self.settings.get(f"{name.upper()}_BROKER_URL", embedded)

    def _gateway(self) -> Process:
        return Process("gateway", self.render_gateway, _chosen(os.environ, SYSTEM), self.door("/healthz"))

    def _python(self, service: str, command: str, name: str | None = None) -> Process:
        """A command of a service, called `name` where it is another process than the one that serves."""
        name, argv = name or service, (sys.executable, "-m", service, command)
        return Process(name, lambda: argv, self.environment(service), f"http://{self._address(name)}/readyz")

    def _worker(self, name: str) -> Process:
        """Tells and hears events; nobody but who watches it asks it anything."""
        return self._python(name, "worker", worker_of(name))

    def gateway_settings(self) -> gateway.Gateway:
        return gateway.Gateway(
            port=self.port,
            bind=self.bind,
            public_url=self.public_url,
            backend=self._address("backend"),
            streams=self._address(STREAMS),
            documents=self._address("documents"),
            ai=self._address("ai") if self.ai else None,
            demo_idp=self._address("demo_idp") if self.demo else None,
            frontend_root=ROOT / "frontend" / "dist",
            trusted_proxies=tuple(self.settings.get("TRUSTED_PROXIES", "").replace(",", " ").split()),
            nginx=NGINX.path,
            rate_sign_in=self.settings.get("RATE_SIGN_IN", gateway.Gateway.rate_sign_in),
            rate_api=self.settings.get("RATE_API", gateway.Gateway.rate_api),
            rate_visitor=self.settings.get("RATE_VISITOR", gateway.Gateway.rate_visitor),
        )

    def _address(self, name: str) -> str:
        return f"{LOOPBACK}:{self.ports[name]}"


def worker_of(service: str) -> str:
    return f"{service}_worker"


def _chosen(source: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: source[name] for name in names if name in source}

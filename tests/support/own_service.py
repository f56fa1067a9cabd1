"""A service of one's own behind the door: started beside a running platform, and a gateway that knows the way to it."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2

from scripts import gateway, processes
from scripts.ports import free_block
from scripts.processes import Running
from scripts.shell import ROOT
from scripts.stack import Process
from tests.support.platform import READY_WITHIN, Platform

ROUTE = """
    location ~ ^/api/{name}(?:/|$) {{
        set $audience {name};
        include snippets/protected.conf;
        proxy_pass http://{name};
    }}
"""
ADDRESS = "upstream {name} {{ server ${{{variable}}}; include snippets/keepalive.conf; }}\n"


@contextmanager
def running_service(
    platform: Platform,
    name: str,
    folder: Path,
    logs: Path,
    settings: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[str]:
    """`<name>.py` in `folder`, started with an ordinary WSGI server; its address."""
    port = port or free_block(1)
    command = (sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), f"{name}:app")
    environment = _environment(platform, folder) | dict(settings or {})
    with _started(name, command, environment, f"http://127.0.0.1:{port}/readyz", logs):
        yield f"127.0.0.1:{port}"


@contextmanager
def running_worker(
    platform: Platform, name: str, folder: Path, logs: Path, settings: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Its relay and its consumers: the same file as a program, which may be stopped and started again."""
    port = free_block(1)
    environment = _environment(platform, folder) | {"WORKER_PORT": str(port)} | dict(settings or {})
    ready = f"http://127.0.0.1:{port}/readyz"
    with _started(f"{name}_worker", (sys.executable, "-m", name), environment, ready, logs) as worker:
        yield worker


def _environment(platform: Platform, folder: Path) -> dict[str, str]:
    told = platform.stack.environment("documents")
    return told | {"PYTHONPATH": f"{folder}:{platform.stack.libs}"}


@contextmanager
def running_gateway(platform: Platform, name: str, service: str, folder: Path) -> Iterator[str]:
    """A gateway whose list of routes has the one more; its address."""
    source = folder / "nginx"
    shutil.copytree(ROOT / "nginx", source)
    routes, addresses = source / "configs" / "default.conf", source / "templates" / "upstreams.conf.template"
    route = ROUTE.format(name=name)
    routes.write_text(routes.read_text().replace("    # --- Signing in", route + "\n    # --- Signing in", 1))
    addresses.write_text(addresses.read_text() + ADDRESS.format(name=name, variable=name.upper()))
    told = replace(
        platform.stack.gateway_settings(), port=free_block(1), source=source, services={name: service}
    )
    command = gateway.render(told, folder / "prefix")
    address = f"http://127.0.0.1:{told.port}"
    with _started("gateway", command, {}, f"{address}/healthz", folder):
        yield address
    gateway.clean(folder / "prefix")


@contextmanager
def _started(
    name: str, command: Sequence[str], env: Mapping[str, str], ready: str, folder: Path
) -> Iterator[Running]:
    part = Running(Process(name, lambda: command, env, ready), folder / "log")
    processes.start([part], READY_WITHIN)
    try:
        yield part
    finally:
        processes.stop([part])


def cookie_of(client: httpx2.Client) -> dict[str, str]:
    """The session as a header: the second gateway has another port, which is nothing to a browser's cookie."""
    return {"Cookie": f"__Host-session={client.cookies['__Host-session']}"}

"""One gateway per test process with generous rates; tests that need another start their own with `open_door`."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.gateway import Gateway

from .door import Door, free_port, opened
from .services import Service, running

RULES = """
location / {
    try_files $uri /index.html;
    add_header Cache-Control no-cache;
}
location /assets/ {
    gzip_static on;
    add_header Cache-Control "public, max-age=31536000, immutable";
    add_header Content-Security-Policy "default-src *";
}
"""


@dataclass(frozen=True)
class Behind:
    """The services behind the gateway."""

    backend: Service
    documents: Service
    ai: Service
    demo_idp: Service

    @property
    def received(self) -> int:
        """How many requests have reached any service, apart from the question who may enter."""
        everything = (
            self.backend.received + self.documents.received + self.ai.received + self.demo_idp.received
        )
        return sum(request["path"] != "/internal/authorize" for request in everything)


OpenDoor = Callable[..., Door]


@pytest.fixture(scope="session")
def behind() -> Iterator[Behind]:
    with (
        running("backend") as backend,
        running("documents") as documents,
        running("ai") as ai,
        running("demo_idp") as demo_idp,
    ):
        yield Behind(backend, documents, ai, demo_idp)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built app in small."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "dist" / "assets").mkdir(parents=True)
    (folder / "dist" / "index.html").write_text("<!doctype html><title>the app</title>")
    (folder / "dist" / "assets" / "main-Ab1_x-2.js").write_text("export {}")
    (folder / "dist" / "assets" / "main-Ab1_x-2.js.gz").write_bytes(gzip.compress(b"export {}"))
    (folder / "static.conf").write_text(RULES)
    return folder


def described(behind: Behind, app: Path, prefix: Path, **changed: Any) -> Gateway:
    """A gateway in front of these services."""
    port = free_port()
    given: dict[str, Any] = {
        "port": port,
        "public_url": f"http://localhost:{port}",
        "backend": behind.backend.address,
        "documents": behind.documents.address,
        "ai": behind.ai.address,
        "demo_idp": behind.demo_idp.address,
        "frontend_root": app / "dist",
        "frontend_rules": app / "static.conf",
        "rate_sign_in": "100000r/s",
        "rate_api": "100000r/s",
        "rate_visitor": "100000r/s",
        "access_log": str(prefix / "access.log"),
        "nginx": shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or "nginx",
    }
    return Gateway(**(given | changed))


@pytest.fixture(scope="session")
def door(behind: Behind, app: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    prefix = tmp_path_factory.mktemp("gateway")
    with opened(described(behind, app, prefix), prefix) as running_door:
        yield running_door


@pytest.fixture
def open_door(behind: Behind, app: Path, tmp_path: Path) -> Iterator[OpenDoor]:
    """Starts a gateway of the test's own: `open_door(rate_api="1r/m")`."""
    with ExitStack() as stack:

        def start(**changed: Any) -> Door:
            prefix = tmp_path / f"gateway-{free_port()}"
            prefix.mkdir()
            return stack.enter_context(opened(described(behind, app, prefix, **changed), prefix))

        yield start

"""Docker Compose for tests: a project of its own, from a copy of the checkout, on a free port."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.ports import free_block
from scripts.shell import ROOT

SERVICES = ("nginx", "backend", "documents", "ai", "frontend", "db", "rabbitmq", "demo_idp")
LOGS = ROOT / "artifacts" / "compose"
PATIENCE = 900  # seconds: images may have to be fetched and built


class Project:
    """One running copy of the platform, and what a person would type to drive it."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None, name: str = "") -> None:
        self.folder = folder
        self.name = name or f"zaguan-test-{uuid.uuid4().hex[:8]}"
        self.port = free_block(1)
        self.url = f"http://localhost:{self.port}"
        own = {"COMPOSE_PROJECT_NAME": self.name, "TAG": self.name, "PORT": str(self.port)}
        places = os.pathsep.join(str(folder / place) for place in ("", "libs", "services"))
        told = {"PYTHONPATH": places, "RATE_API": "5000r/s", **own, **(settings or {})}
        self.environment = {**os.environ, **told}

    @property
    def tag(self) -> str:
        """Of its images."""
        return self.environment["TAG"]

    def compose(self, *words: str, given: str | None = None) -> str:
        """What `docker compose …` prints; fails, with what it said, when the command does."""
        return self.run("docker", "compose", *words, given=given)

    def script(self, name: str, *words: str, given: str | None = None, code: int = 0) -> str:
        """What one of the scripts of `make` says."""
        return self.run(sys.executable, "-m", f"scripts.{name}", *words, given=given, code=code)

    def fails(self, *words: str) -> str:
        """What `docker …` says when it cannot do it."""
        done = self._done(("docker", *words), None)
        assert done.returncode != 0, done.stdout
        return done.stdout + done.stderr

    def run(self, *command: str, given: str | None = None, code: int = 0) -> str:
        done = self._done(command, given)
        assert done.returncode == code, f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout + (done.stderr if code else "")

    def _done(self, command: tuple[str, ...], given: str | None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            input=given or "",
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def up(self, *words: str) -> None:
        self.compose("up", "--detach", "--wait", f"--wait-timeout={PATIENCE}", *words)

    def containers(self, service: str) -> list[str]:
        """The ids of a service's running containers, oldest first."""
        return self.compose("ps", "--quiet", service).split()

    def inspect(self, container: str) -> dict[str, Any]:
        told: list[dict[str, Any]] = json.loads(self.run("docker", "inspect", container))
        return told[0]

    def signal(self, container: str, name: str) -> None:
        """Straight to the container's process, past Compose."""
        self.run("docker", "kill", f"--signal={name}", container)

    def sql(self, statement: str) -> str:
        """What the database's administrator sees."""
        client = ("mysql", "--defaults-extra-file=/run/secrets/client.cnf", "--skip-column-names", "--batch")
        return self.compose("exec", "-T", "db", *client, given=statement)

    def destroy(self) -> None:
        """Everything of the project: containers, networks, volumes, images."""
        self.compose("down", "--volumes", "--remove-orphans", "--timeout=5")
        ours = f"--filter=reference=zaguan/*:{self.name}"
        if images := self.run("docker", "image", "ls", "--quiet", ours).split():
            self.run("docker", "image", "rm", "--force", *set(images))


@contextmanager
def running_project(folder: Path) -> Iterator[Project]:
    """`docker compose up --build` in a clean checkout."""
    checkout(folder)
    with destroyed(project := Project(folder)):
        project.up("--build")
        yield project


@contextmanager
def destroyed(project: Project) -> Iterator[None]:
    """Afterwards nothing of it is left but its logs."""
    try:
        yield
    finally:
        keep_logs(project)
        project.destroy()


def checkout(folder: Path) -> None:
    """What a clone of the working tree would hold: no build, no data, no secrets."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def keep_logs(project: Project) -> None:
    """For who has to find out why a test failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / f"{project.name}.log").write_text(
        project.compose("logs", "--no-color", "--timestamps"), encoding="utf-8"
    )

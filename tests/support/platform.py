"""The whole platform, started for tests from the very description that `make up` uses."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts import dev_secrets, processes
from scripts.ports import free_block
from scripts.processes import Running
from scripts.shell import ROOT
from scripts.stack import MOST_PORTS, Stack
from tests.support import run_folder

READY_WITHIN = 600.0
LOGS_KEPT = ROOT / "artifacts" / "logs"


class Platform:
    """A running platform whose parts a test may stop, kill and start again (from the test's own thread)."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.parts = {p.name: Running(p, stack.logs / f"{p.name}.log") for p in stack.processes}

    @property
    def url(self) -> str:
        return self.stack.public_url

    @property
    def ports(self) -> dict[str, int]:
        return self.stack.ports

    def direct(self, name: str) -> str:
        """The address of a service behind the gateway's back."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def start(self, name: str) -> None:
        """Start one part and wait until it is ready."""
        processes.start([self.parts[name]], READY_WITHIN)

    def stop(self, name: str) -> None:
        """End one part in good order."""
        self.parts[name].stop()

    def kill(self, name: str) -> None:
        """SIGKILL to one part and all of its processes."""
        self.parts[name].kill()

    def logs(self, name: str) -> str:
        return self.parts[name].log.read_text()


@contextlib.contextmanager
def running_platform(
    settings: Mapping[str, str] | None = None,
    libs: Path = ROOT / "libs",
    prepare: Callable[[Path], None] = lambda _secrets: None,
) -> Iterator[Platform]:
    """A platform of its own, on free ports, with an empty SQLite database per service unless `settings` say else.

    `prepare` may put files among its secrets before it starts.
    """
    with tempfile.TemporaryDirectory(dir=run_folder.path(), prefix="p") as name:
        folder = Path(name)
        stack = Stack(folder / "var", free_block(MOST_PORTS), dict(settings or {}), folder / "secrets", libs)
        dev_secrets.ensure(stack.secrets, stack.clients)
        prepare(stack.secrets)
        stack.make_folders()
        processes.migrate(stack)
        platform = Platform(stack)
        try:
            processes.start(platform.parts.values(), READY_WITHIN)
            yield platform
        finally:
            processes.stop(platform.parts.values())
            stack.clean()
            _keep_logs(stack.logs)


def _keep_logs(logs: Path) -> None:
    """For who has to find out why a test failed."""
    target = LOGS_KEPT / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{logs.parent.parent.name}"
    with contextlib.suppress(FileNotFoundError):
        shutil.copytree(logs, target, dirs_exist_ok=True)

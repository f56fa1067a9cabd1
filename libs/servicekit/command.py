"""The commands of a service's one image: web, worker, migrate, openapi and what a service adds."""

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from servicekit import leaving
from servicekit.beside import beside
from servicekit.settings import Settings, SettingsError

Command = Callable[[], None]
BESIDE = ("worker", "streams")


def main(service: str, commands: Mapping[str, Command]) -> None:
    """Run the command that the first argument names; what is wrong with the settings is one line, exit 2.

    A service with a `worker` also has `all`: `web`, and in processes beside it its `worker` and perhaps `streams`.
    """
    if "worker" in commands:
        others = [name for name in BESIDE if name in commands]
        commands = {**commands, "all": lambda: _all(service, commands["web"], others)}
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in commands:
        sys.exit(f"usage: python -m {service} {'|'.join(commands)}")
    try:
        commands[name]()
    except SettingsError as error:
        print(f"{service}: {error}", file=sys.stderr)
        sys.exit(2)


def _all(service: str, web: Command, others: Iterable[str]) -> None:
    with ExitStack() as stack:
        for name in others:
            stack.enter_context(beside((sys.executable, "-m", service, name)))
        web()


def serve(factory: str, settings: Settings, *, bridged: bool = False) -> None:
    """Serve `factory` (`package.module:function`) until SIGTERM; requests in flight are finished. What it makes is a
    WSGI application, or a `servicekit.bridge` before one."""
    server = Granian(
        factory,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI if bridged else Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=None if bridged else settings.threads,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        workers_kill_timeout=20,
    )
    if settings.drain:
        server.on_startup(lambda: leaving.before_stopping(settings.drain))
    server.serve()

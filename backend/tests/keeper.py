"""A service that keeps something of people, made with servicekit and reached over HTTP, as the backend reaches it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from werkzeug.serving import make_server

from backend.context import Backend
from servicekit import create_service, people
from servicekit.identity import Keys
from servicekit.people import File
from servicekit.problems import Unavailable
from servicekit.settings import Settings

MODIFIED = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)


class Keeper:
    """Notes by person. It breaks off after `good_for` files."""

    def __init__(self) -> None:
        self.notes: dict[str, list[tuple[str, str]]] = {}
        self.good_for: int | None = None
        self.url = ""

    def files(self, person: str) -> Iterator[File]:
        for number, (name, text) in enumerate(self.notes.get(person, [])):
            if number == self.good_for:
                raise Unavailable("The disk is gone.")
            yield File(name, text, MODIFIED)


@contextmanager
def running_keeper(parts: Backend) -> Iterator[Keeper]:
    keeper = Keeper()
    rooms = [people.room(keeper.files)]
    app = create_service("notes", Settings(), rooms=rooms, keys=Keys(parts.keys.public))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    keeper.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield keeper
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def knowing(parts: Backend, **services: str) -> Backend:
    """The same backend, with these services that keep something of people."""
    told = ",".join(f"{name}={url}" for name, url in services.items())
    return replace(parts, settings=parts.settings.model_copy(update={"data_services": told}))

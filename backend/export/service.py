"""Everything of one person from every service, as one archive."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx2
import structlog

from backend.context import Backend
from backend.export.archive import Entry, zipped
from backend.export.names import Names, file_name
from backend.export.own import OWN
from backend.export.remote import Incomplete, files_in
from backend.services import asked
from servicekit.people import EXPORT
from servicekit.problems import Unavailable

log = structlog.get_logger()

ABOUT = """\
Everything that {url} keeps of you, {day}.

account/   your profile, devices, access tokens, programs, invitations and history (JSON)
{folders}
Secrets are not in here: of access tokens and devices the platform itself knows only a fingerprint.

---

Todo lo que {url} guarda de ti, {day}.

account/   tu perfil, dispositivos, tokens de acceso, programas, invitaciones e historial (JSON)
{folders}
No contiene secretos: de tokens y dispositivos la propia plataforma solo conoce una huella.
"""
MISSING = """\
This archive is not complete. These parts broke off while they were sent: {names}. Export again later.

Este archivo no está completo. Estas partes se interrumpieron: {names}. Vuelve a exportar más tarde.
"""


class Export:
    """One archive. Every service has answered before its first byte; `close` may be called more than once."""

    def __init__(self, parts: Backend, person: str) -> None:
        self._parts, self._person = parts, person
        self._open = ExitStack()
        with ExitStack() as opening:
            parts.exports.take(person)
            opening.callback(parts.exports.leave, person)
            self._answers = {name: opening.enter_context(_part(parts, name, person)) for name in self._names}
            self._open = opening.pop_all()

    @property
    def _names(self) -> list[str]:
        return sorted(self._parts.settings.keepers)

    def close(self) -> None:
        self._open.close()

    def pieces(self, day: str) -> Iterator[bytes]:
        try:
            yield from zipped(self._entries(day))
        finally:
            self.close()

    def _entries(self, day: str) -> Iterator[Entry]:
        folders = "".join(f"{name}/\n" for name in self._names)
        yield Entry(
            "README.txt", [ABOUT.format(url=self._parts.settings.public_url, day=day, folders=folders)]
        )
        for own in OWN:
            yield Entry(f"account/{own.name}", own.text(self._parts, self._person))
        missing = []
        for name, answer in self._answers.items():
            try:
                yield from _of_service(name, answer)
            except Incomplete as error:
                log.warning("export incomplete", peer=name, reason=str(error))
                missing.append(name)
        if missing:
            yield Entry("MISSING.txt", [MISSING.format(names=", ".join(missing))])


@contextmanager
def closing_on_failure(export: Export) -> Iterator[Export]:
    """Until it is in the hands of who sends it."""
    with ExitStack() as stack:
        stack.callback(export.close)
        yield export
        stack.pop_all()


def _of_service(name: str, answer: httpx2.Response) -> Iterator[Entry]:
    names = Names()
    for file in files_in(answer):
        yield Entry(f"{file_name(name)}/{names.one(file.name)}", [file.text], file.modified_at)


@contextmanager
def _part(parts: Backend, name: str, person: str) -> Iterator[httpx2.Response]:
    """The service's answer, begun; 503 that names the service when there is none."""
    with ExitStack() as stack:
        try:
            answer = stack.enter_context(asked(parts, name, "GET", person, EXPORT))
        except httpx2.HTTPError as error:
            log.warning("export refused", peer=name, error=type(error).__name__)
            raise Unavailable(
                f"{name} does not answer, so your data would not be complete. Try again later."
            ) from None
        yield answer

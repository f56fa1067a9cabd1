"""Where a service's events are looked after: the backend's own desk, or that of another service, asked over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

import httpx2
import structlog
from pydantic import BaseModel

from backend.context import Backend
from backend.door import service as door
from servicekit import deadline, refusals
from servicekit.connections import client, onward_headers
from servicekit.events.topology import topology
from servicekit.identity import current_identity
from servicekit.operations.desk import Desk
from servicekit.operations.renewal import unchanged
from servicekit.operations.room import MANAGE, SEND_AGAIN
from servicekit.operations.schemas import DeadLetter, DeadLetters, LettersQuery, ServiceState
from servicekit.problems import NotFound, Unavailable

log = structlog.get_logger()

OWN = "backend"
PATIENCE = 8.0  # seconds: a service waits five for a broker that hangs
CONNECT = 1.0
M = TypeVar("M", bound=BaseModel)


class Place(Protocol):
    """What a service does for an administrator. The refusals of all are problems, to be told as they are."""

    def state(self) -> ServiceState: ...
    def page(self, query: LettersQuery) -> DeadLetters: ...
    def letter(self, letter_id: str) -> DeadLetter: ...
    def send_again(self, letter_id: str, event_id: str | None) -> None: ...
    def drop(self, letter_id: str) -> None: ...


@dataclass(frozen=True)
class Remote:
    """Another service, for the administrator of this request."""

    name: str
    address: str
    token: Callable[[str, str | None], str] = field(repr=False)
    """Of the administrator, with this permission; where the permission is for one event only, with its id."""

    def state(self) -> ServiceState:
        return self._told(ServiceState, "")

    def page(self, query: LettersQuery) -> DeadLetters:
        return self._told(DeadLetters, "/dead-letters", query.model_dump(exclude_none=True))

    def letter(self, letter_id: str) -> DeadLetter:
        return self._told(DeadLetter, f"/dead-letters/{letter_id}")

    def send_again(self, letter_id: str, event_id: str | None) -> None:
        self._asked("POST", f"/dead-letters/{letter_id}/again", may=SEND_AGAIN, event_id=event_id)

    def drop(self, letter_id: str) -> None:
        self._asked("DELETE", f"/dead-letters/{letter_id}")

    def _told(self, kind: type[M], path: str, params: dict[str, Any] | None = None) -> M:
        try:
            return kind.model_validate_json(self._asked("GET", path, params).content)
        except ValueError:
            log.warning("service not understood", peer=self.name)
            raise Unavailable(f"The answer of the service {self.name} is not one.") from None

    def _asked(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None = None,
        may: str = MANAGE,
        event_id: str | None = None,
    ) -> httpx2.Response:
        """Once: what was decided already is told, and nobody decides a second time by accident."""
        url, timeout = f"{self.address}/internal/operations{path}", httpx2.Timeout(PATIENCE, connect=CONNECT)
        headers = onward_headers() | {deadline.HEADER: f"{PATIENCE:.3f}"}
        headers["Authorization"] = f"Bearer {self.token(may, event_id)}"
        try:
            answer = client().request(method, url, params=params, headers=headers, timeout=timeout)
        except httpx2.HTTPError as error:
            log.warning("service not reached", peer=self.name, error=type(error).__name__)
            raise Unavailable(
                f"The service {self.name} does not answer. Try again in a few seconds."
            ) from None
        if answer.status_code >= 400:
            raise refusals.problem_of(self.name, answer, visitor=False)
        return answer


def names() -> list[str]:
    """The services that tell or hear anything."""
    return topology().services


def place_of(parts: Backend, name: str) -> Place:
    """404 if there is no such service, or nobody has told the backend where it is."""
    if name == OWN:
        return Desk(OWN, parts.database, parts.settings, unchanged)
    address = parts.settings.peer_addresses.get(name)
    if name not in names() or address is None:
        raise NotFound(f"There is no service {name[:64]}, or PEERS does not tell where it is.")
    return Remote(name, address, partial(_token, parts, name))


def _token(parts: Backend, name: str, permission: str, event_id: str | None) -> str:
    """Of the administrator, for this service, with this one permission. The door gives it to nobody."""
    me, issuer, key = current_identity(), parts.settings.token_issuer, parts.keys.signing()
    return door.internal_token(me.subject, name, permission, issuer, key, sid=me.session, event_id=event_id)

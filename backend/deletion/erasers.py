"""What has to be erased of a person beside their account: one eraser a part."""

from collections.abc import Callable
from functools import partial

from backend.context import Backend
from backend.google.erasing import erase as google
from backend.services import asked
from servicekit.people import ERASE

Eraser = Callable[[Backend, str], bool]
"""Takes a person's id; whether nothing is left. Done again, it changes nothing. What it raises delays the part."""

OWN: dict[str, Eraser] = {"google": google}
"""A feature whose data is elsewhere, too, adds itself here: what is to be revoked at somebody else's."""


def erasers(parts: Backend) -> dict[str, Eraser]:
    """By name: what is told to the person."""
    return OWN | {name: partial(_of_service, name) for name in parts.settings.keepers}


def _of_service(name: str, parts: Backend, person: str) -> bool:
    with asked(parts, name, "DELETE", person, ERASE) as answer:
        return answer.status_code == 204

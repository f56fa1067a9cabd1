"""What has to be erased of a person beside their account: by the backend itself, and by services that hear of it."""

from collections.abc import Callable

from backend.context import Backend
from backend.google.erasing import erase as google

Eraser = Callable[[Backend, str], bool]
"""Takes a person's id; whether nothing is left. Done again, it changes nothing. What it raises delays the part."""

OWN: dict[str, Eraser] = {"google": google}
"""A feature whose data is elsewhere, too, adds itself here: what is to be revoked at somebody else's."""


def names(parts: Backend) -> frozenset[str]:
    """Of all parts: what is told to the person."""
    return services(parts) | OWN.keys()


def services(parts: Backend) -> frozenset[str]:
    """Those that keep data of people. Each hears who has left, and reports when nothing is left there."""
    return frozenset(parts.settings.keepers)

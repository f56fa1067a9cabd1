"""The `openapi` command: the document that contracts/ keeps, made without any setting or secret."""

import sys

from backend.rooms import ROOMS
from servicekit.openapi import spec_of
from servicekit.service import create_service
from servicekit.settings import Settings


def document() -> None:
    """Print the OpenAPI document of the backend."""
    sys.stdout.write(spec_of(create_service("backend", Settings(), rooms=ROOMS)))

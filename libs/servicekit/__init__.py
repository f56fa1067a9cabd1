"""Plumbing that every Python service behind the door shares. No domain words live here.

from servicekit import as_user, as_service, create_service, current_identity, require
"""

from servicekit.errands import Ended, acting
from servicekit.guards import require
from servicekit.identity import Identity, current_identity
from servicekit.peers import as_service, as_user
from servicekit.service import create_service

__all__ = [
    "Ended",
    "Identity",
    "acting",
    "as_service",
    "as_user",
    "create_service",
    "current_identity",
    "require",
]

"""What the backend's routes work with, made once in create_app."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import current_app, g, request

from backend.audit.service import Origin
from backend.export.places import Places
from backend.google.grants import Grants
from backend.keys.service import KeyRing
from backend.live.hub import Hub
from backend.people.service import SignUp
from backend.policy import Policy, read_policy
from backend.sealed.salt import VisitorSalt
from backend.service_clients.keys import ServiceKeys, read_service_keys
from backend.sessions.service import Lifetimes
from backend.settings import BackendSettings
from backend.sign_in.provider import Provider
from backend.vault import Vault, WatchedVault
from servicekit.database import Database
from servicekit.identity import Keys


@dataclass(frozen=True)
class Backend:
    settings: BackendSettings
    database: Database
    vault: Vault
    keys: KeyRing
    provider: Provider
    grants: Grants
    policy: Policy
    public_keys: Keys
    service_keys: ServiceKeys
    exports: Places
    visitor_salt: VisitorSalt
    live: Hub

    @property
    def lifetimes(self) -> Lifetimes:
        return _lifetimes(self.settings)

    @property
    def sign_up(self) -> SignUp:
        return SignUp(self.settings.sign_up, self.settings.admins)


def build(settings: BackendSettings) -> Backend:
    """Wire the parts together. Nothing is opened or asked yet."""
    database = Database(settings.database_url, settings.database_password)
    vault = WatchedVault(settings.secrets_dir / "master-key")
    keys = KeyRing(database, vault)
    provider = Provider(settings.client(), places=max(1, settings.threads // 2))
    return Backend(
        settings,
        database,
        vault,
        keys,
        provider,
        Grants(provider),
        read_policy(settings.policy_file),
        Keys(keys.public),
        read_service_keys(settings.secrets_dir),
        Places(max(1, settings.threads // 4)),
        VisitorSalt(database, vault),
        Hub(database, _lifetimes(settings), settings.streams),
    )


def backend() -> Backend:
    """The parts of the app that serves this request."""
    return cast("Backend", current_app.extensions["backend"])


def origin() -> Origin:
    """From where this request comes, as the gateway tells."""
    return Origin(request.headers.get("X-Client-Address", "")[:45] or None, g.request_id)


def _lifetimes(settings: BackendSettings) -> Lifetimes:
    return Lifetimes(timedelta(seconds=settings.session_idle), timedelta(seconds=settings.session_lifetime))

"""What a service asks of the backend for the person of this request: as itself, with a key of its own."""

from typing import cast

import httpx2
import structlog
from flask import current_app

from servicekit import deadline
from servicekit.connections import client, onward_headers
from servicekit.identity import current_identity, current_token
from servicekit.problems import Unavailable
from servicekit.service_key import ServiceKey
from servicekit.settings import Settings

log = structlog.get_logger()


def ask(path: str, form: dict[str, str], patience: float) -> httpx2.Response:
    """The answer to a form, sent with our assertion and the identity token of this request; 503 if none comes."""
    current_identity()
    deadline.need()
    settings: Settings = current_app.extensions["settings"]
    sent = {"subject_token": current_token(), **form, **own_key().form(settings.token_issuer)}
    try:
        return client().post(
            settings.backend_url + path,
            data=sent,
            headers=onward_headers(),
            timeout=httpx2.Timeout(min(patience, deadline.left()), connect=2.0),
        )
    except httpx2.HTTPError as error:
        log.warning("backend not reached", path=path, error=type(error).__name__)
        raise Unavailable from None


def own_key() -> ServiceKey:
    """This service's own, read when it is first needed."""
    kept = current_app.extensions
    if "service_key" not in kept:
        settings: Settings = kept["settings"]
        kept["service_key"] = ServiceKey.read(settings.secrets_dir, kept["identity"].audience)
    return cast("ServiceKey", kept["service_key"])

"""What a service asks of the backend: as itself, with a key of its own."""

import time
from typing import cast

import httpx2
import structlog
from flask import current_app

from servicekit import deadline
from servicekit.connections import client, onward_headers, tried
from servicekit.identity import current_identity, current_token
from servicekit.problems import Unavailable
from servicekit.service_key import ServiceKey
from servicekit.settings import Settings

log = structlog.get_logger()


class Away(Unavailable):
    """The backend gives no answer: that is nobody's fault who asks, and ends."""


def ask_for_person(path: str, form: dict[str, str], patience: float) -> httpx2.Response:
    """The same with the identity token of this request."""
    current_identity()
    return ask(path, {"subject_token": current_token(), **form}, patience)


def ask(path: str, form: dict[str, str], patience: float) -> httpx2.Response:
    """The answer to a form, sent with our assertion; 503 if none comes."""
    until = time.monotonic() + min(patience, deadline.left())

    def left() -> float:
        return until - time.monotonic()

    try:
        return tried(
            lambda: _sent(path, form, left()), left, safe=True
        )  # asked again, it gives another token
    except httpx2.HTTPError as error:
        log.warning("backend not reached", path=path, error=type(error).__name__)
        raise Away from None


def _sent(path: str, form: dict[str, str], left: float) -> httpx2.Response:
    """Each assertion is good once, so each try has its own."""
    settings: Settings = current_app.extensions["settings"]
    sent = {**form, **own_key().form(settings.token_issuer)}
    left = max(left, deadline.LEAST)
    headers = onward_headers() | {deadline.HEADER: f"{left:.3f}"}
    timeout = httpx2.Timeout(left, connect=min(2.0, left))
    return client().post(settings.backend_url + path, data=sent, headers=headers, timeout=timeout)


def own_key() -> ServiceKey:
    """This service's own, read when it is first needed."""
    kept = current_app.extensions
    if "service_key" not in kept:
        settings: Settings = kept["settings"]
        kept["service_key"] = ServiceKey.read(settings.secrets_dir, kept["identity"].audience)
    return cast("ServiceKey", kept["service_key"])

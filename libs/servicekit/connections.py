"""The connections of this process to other services: kept open, used by all threads."""

import os
import time
from collections.abc import Callable
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx2
from flask import g, has_request_context, request

from servicekit import tracing

R = TypeVar("R")

IDLE = 4.0  # seconds: a replica that leaves closes idle connections later than this (servicekit.leaving)
MOST = 100
PAUSE = 0.1  # before the second try
NEVER_MADE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
BROKEN_OFF = (httpx2.NetworkError, httpx2.RemoteProtocolError)


@cache
def client() -> httpx2.Client:
    """It follows no redirect, heeds no proxy of the environment, and keeps no cookie: people share it."""
    return httpx2.Client(
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        trust_env=False,
        limits=httpx2.Limits(max_connections=MOST, max_keepalive_connections=MOST, keepalive_expiry=IDLE),
    )


def tried(send: Callable[[], R], left: Callable[[], float], *, safe: bool) -> R:
    """Twice at most, while there is time: again if the first try changed nothing for certain, or it is `safe` to."""
    try:
        return send()
    except httpx2.HTTPError as error:
        again = isinstance(error, NEVER_MADE) or (safe and isinstance(error, BROKEN_OFF))
        if not again or left() < 2 * PAUSE:
            raise
    time.sleep(PAUSE)
    return send()


def onward_headers() -> dict[str, str]:
    """What goes with every call: by these the logs of all services can be read together."""
    passed = {
        "X-Request-ID": g.get("request_id") or tracing.trace_id(),
        tracing.HEADER: tracing.traceparent(),
    }
    address = request.headers.get("X-Client-Address") if has_request_context() else None
    return passed | ({"X-Client-Address": address} if address else {})


os.register_at_fork(after_in_child=client.cache_clear)  # a socket belongs to one process

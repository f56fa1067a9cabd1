"""The connections of this process to other services: kept open, used by all threads."""

import os
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2
from flask import g, request

from servicekit import tracing

IDLE = 4.0  # seconds: a replica that leaves closes idle connections later than this (servicekit.leaving)
MOST = 100


@cache
def client() -> httpx2.Client:
    """It follows no redirect, heeds no proxy of the environment, and keeps no cookie: people share it."""
    return httpx2.Client(
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        trust_env=False,
        limits=httpx2.Limits(max_connections=MOST, max_keepalive_connections=MOST, keepalive_expiry=IDLE),
    )


def onward_headers() -> dict[str, str]:
    """What goes with every call: by these the logs of all services can be read together."""
    passed = {"X-Request-ID": str(g.request_id), tracing.HEADER: tracing.traceparent()}
    address = request.headers.get("X-Client-Address")
    return passed | ({"X-Client-Address": address} if address else {})


os.register_at_fork(after_in_child=client.cache_clear)  # a socket belongs to one process

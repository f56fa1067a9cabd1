"""What those who run the platform see of a service: health, metrics, one log line a request."""

import re
import time
from collections.abc import Callable, Mapping

import structlog
from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from servicekit import deadline, leaving, tracing
from servicekit.guards import Room, furnish, open_to_all
from servicekit.ids import new_id

log = structlog.get_logger()
blueprint = APIBlueprint("observe", __name__, enable_openapi=False)
QUIET = {"observe.healthz", "observe.readyz", "observe.metrics"}

Check = Callable[[], None]


class Metrics:
    """Requests and their durations by endpoint, in a registry of the app's own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "endpoint")
        self.requests = Counter(
            "http_requests", "Requests answered", (*labels, "status"), registry=self.registry
        )
        self.seconds = Histogram("http_request_seconds", "Time to answer", labels, registry=self.registry)
        self.calls = Histogram(
            "peer_call_seconds", "Time of calls to other services", ("peer", "status"), registry=self.registry
        )


def install(app: APIFlask, checks: Mapping[str, Check]) -> None:
    """Health, readiness (each of `checks` passes), metrics and request logs."""
    app.extensions["checks"] = checks
    app.extensions["metrics"] = Metrics()
    app.before_request(_begin)
    app.after_request(_end)
    app.after_request(leaving.close_connection)
    furnish(app, [Room(blueprint, "", open_to_all)])


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if re.fullmatch(r"[0-9A-Za-z-]{8,64}", given) else new_id()
    g.began_at = time.perf_counter()
    trace_id = tracing.begin(request.headers.get(tracing.HEADER), g.request_id)
    structlog.contextvars.bind_contextvars(request_id=g.request_id, trace_id=trace_id)
    deadline.begin()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.began_at
    endpoint = request.endpoint or "none"
    metrics: Metrics = current_app.extensions["metrics"]
    metrics.requests.labels(request.method, endpoint, response.status_code).inc()
    metrics.seconds.labels(request.method, endpoint).observe(seconds)
    response.headers["X-Request-ID"] = g.request_id
    if endpoint not in QUIET:
        user = g.identity.subject if "identity" in g else None
        told = {"method": request.method, "endpoint": endpoint, "status": response.status_code, "user": user}
        log.info("request", **told, ms=round(seconds * 1000, 1))
    return response


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, str], int]:
    """What the service depends on answers; else 503 and the names of what does not."""
    checks: Mapping[str, Check] = current_app.extensions["checks"]
    state = {name: _state(check) for name, check in checks.items()}
    return state, 200 if all(s == "ok" for s in state.values()) else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus text format."""
    return Response(
        generate_latest(current_app.extensions["metrics"].registry), content_type=CONTENT_TYPE_LATEST
    )


def _state(check: Check) -> str:
    try:
        check()
    except (SQLAlchemyError, RuntimeError) as error:
        log.warning("not ready", error=type(error).__name__)
        return "failing"
    return "ok"

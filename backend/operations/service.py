"""What is told of all services' events; one that does not answer does not hide the others."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from backend.context import Backend
from backend.operations.places import names, place_of
from backend.operations.schemas import ServiceEvents, State
from servicekit.problems import Problem


def of_all(parts: Backend) -> list[ServiceEvents]:
    """All are asked at the same time, each with the context of this request."""
    services = names()
    with ThreadPoolExecutor(len(services)) as pool:
        asked = [pool.submit(copy_context().run, _state, parts, name) for name in services]
    return [answer.result() for answer in asked]


def _state(parts: Backend, name: str) -> ServiceEvents:
    try:
        told = place_of(parts, name).state()
    except Problem as problem:
        silent: State = "unknown" if problem.status == 404 else "unreachable"
        return ServiceEvents(name=name, state=silent, events=None)
    return ServiceEvents(name=name, state="ok", events=told)

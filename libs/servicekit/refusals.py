"""What a peer refuses, as our own client is told it."""

from collections.abc import Callable

import httpx2
import structlog

from servicekit.problems import (
    ChangedMeanwhile,
    Conflict,
    Forbidden,
    Internal,
    NotFound,
    Problem,
    Timeout,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)

log = structlog.get_logger()

SAME: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (Forbidden, NotFound, Conflict, ChangedMeanwhile, TooLarge, TooManyRequests, Timeout)
}
"""What means the same to the person, whichever service says it."""


def problem_of(peer: str, answer: httpx2.Response, *, visitor: bool) -> Problem:
    """A refusal in the peer's words, where they concern the person; what only concerns us is logged."""
    status, detail = answer.status_code, _detail(answer)
    log.warning("peer refused", peer=peer, status=status, reason=detail)
    problem = _kind(status, visitor=visitor)(detail and f"{peer}: {detail}")
    if again := answer.headers.get("Retry-After"):
        problem.headers |= {"Retry-After": again}
    return problem


def _kind(status: int, *, visitor: bool) -> Callable[[str | None], Problem]:
    """A 401 of the peer is not one of the person, who is known here: it did not take our token."""
    if status in SAME:
        return SAME[status]
    if status == 401 and visitor:
        return Unauthenticated
    if status == 401 or status >= 500:
        return lambda _: Unavailable()
    return lambda _: Internal()  # we have asked wrongly


def _detail(answer: httpx2.Response) -> str | None:
    """What its problem details say (RFC 9457)."""
    if answer.headers.get("Content-Type", "").split(";")[0] != "application/problem+json":
        return None
    try:
        detail = answer.json().get("detail")
    except (ValueError, AttributeError, RecursionError):
        return None
    return detail[:500] if isinstance(detail, str) else None

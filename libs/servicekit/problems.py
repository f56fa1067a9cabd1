"""Errors as problem details (RFC 9457). One class per kind; each has a page under docs/errors/."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypedDict

import structlog
from flask import Flask, Response, g, json
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

log = structlog.get_logger()


class FieldError(TypedDict):
    """What is wrong with one field: a JSON pointer (RFC 6901) or a parameter's name, and why."""

    pointer: str
    detail: str


class Problem(Exception):
    """A refusal that is told to the client as it is."""

    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong here"
    status: ClassVar[int] = 500
    default_detail: ClassVar[str] = "The error is logged under this request id. Try again in a moment."
    members: ClassVar[dict[str, str]] = {}
    """What this kind says besides (RFC 9457, section 3.2)."""

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or self.default_detail)
        self.detail = detail or self.default_detail
        self.errors = list(errors)
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": f"/docs/errors/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "request_id": g.get("request_id"),
        }
        return body | self.members | ({"errors": self.errors} if self.errors else {})


class BadRequest(Problem):
    slug, title, status = "bad-request", "The request is malformed", 400
    default_detail = "The request could not be read. Check its syntax."


class Unauthenticated(Problem):
    slug, title, status = "unauthenticated", "Sign in first", 401
    default_detail = "This needs a signed-in person. Sign in and try again."


class Forbidden(Problem):
    slug, title, status = "forbidden", "You may not do this", 403
    default_detail = "Your account lacks the permission. Ask an administrator."


class NotFound(Problem):
    slug, title, status = "not-found", "There is nothing here", 404
    default_detail = "It does not exist, or it is not yours."


class MethodNotAllowed(Problem):
    slug, title, status = "method-not-allowed", "This method is not possible here", 405
    default_detail = "The address exists, but not with this method."


class Conflict(Problem):
    slug, title, status = "conflict", "Not possible as things are", 409
    default_detail = "Something else must be changed first."


class GoogleNotConnected(Problem):
    slug, title, status = "google-not-connected", "Google is not connected for this", 409
    default_detail = "Connect Google in your account, and allow what is asked there."
    members: ClassVar[dict[str, str]] = {"connect": "/app/account"}


class ChangedMeanwhile(Problem):
    slug, title, status = "changed-meanwhile", "It was changed meanwhile", 412
    default_detail = "Somebody, perhaps you in another window, saved a newer version. Read it and decide."


class TooLarge(Problem):
    slug, title, status = "too-large", "Too large", 413
    default_detail = "The content is over the limit. Shorten or split it."


class UnsupportedMediaType(Problem):
    slug, title, status = "unsupported-media-type", "This content type is not understood", 415
    default_detail = "Send JSON with the header Content-Type: application/json."


class InvalidFields(Problem):
    slug, title, status = "invalid-fields", "Some fields are wrong", 422
    default_detail = "See the errors for each field."


class PreconditionRequired(Problem):
    slug, title, status = "precondition-required", "Say which version you change", 428
    default_detail = "Send If-Match with the ETag of the version that you have read."


class TooManyRequests(Problem):
    slug, title, status = "too-many-requests", "Too many requests", 429
    default_detail = "Wait a moment and try again."


class Internal(Problem):
    slug = "internal"


class Unavailable(Problem):
    slug, title, status = "unavailable", "Not available at the moment", 503
    default_detail = "A part of the platform does not answer. Try again in a few seconds."

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "2"})


class Timeout(Problem):
    slug, title, status = "timeout", "No answer in time", 504
    default_detail = "A part of the platform took too long to answer."


BY_STATUS: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (
        BadRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, Conflict, ChangedMeanwhile, TooLarge,
        UnsupportedMediaType, InvalidFields, PreconditionRequired, Internal, Unavailable,
    )
}  # fmt: skip


def install(app: Flask) -> None:
    """The three handlers that answer every error of a service."""
    app.register_error_handler(Problem, told)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unforeseen)


def told(problem: Problem) -> Response:
    """The problem as an answer."""
    return Response(
        json.dumps(problem.body()),
        status=problem.status,
        headers=problem.headers,
        content_type="application/problem+json",
    )


def _of_http(error: HTTPException) -> Response:
    """Werkzeug's own refusals (no route, wrong method, too large) in our words."""
    kind = BY_STATUS.get(error.code or 500, BadRequest if (error.code or 500) < 500 else Internal)
    allow = {k: v for k, v in error.get_headers() if k == "Allow"}
    return told(kind(headers=allow) if kind is not Unavailable else kind())


def _unforeseen(error: Exception) -> Response:
    return told(as_problem(error))


def as_problem(error: Exception) -> Problem:
    """A database that does not answer is 503; anything else is our mistake. No driver's words leave."""
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and _is_outage(error)):
        log.warning("database unavailable", error=type(error.__cause__ or error).__name__)
        return Unavailable()
    log.error("unhandled error", exc_info=error)
    return Internal()


def _is_outage(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error).__name__ in {"OperationalError", "InterfaceError"}

"""Refusals in OAuth's shape (RFC 6749, section 5.2), for the endpoints that are its own."""

from apiflask import APIBlueprint
from flask import Response, json
from pydantic import BaseModel

from servicekit.problems import Problem, told

NO_STORE = {"Cache-Control": "no-store"}


class OAuthRefusal(BaseModel):
    """RFC 6749, section 5.2."""

    error: str
    error_description: str


class OAuthError(Exception):
    """A refusal; `error` is one of the codes of RFC 6749, RFC 8628 and RFC 8693."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


def in_oauth_shape(blueprint: APIBlueprint) -> None:
    """Whatever this blueprint refuses has OAuth's shape; what is wrong here stays a problem."""
    blueprint.register_error_handler(OAuthError, _refused)
    blueprint.register_error_handler(Problem, _malformed)


def _refused(error: OAuthError) -> Response:
    content = json.dumps({"error": error.error, "error_description": error.description})
    return Response(content, error.status, headers=NO_STORE, content_type="application/json")


def _malformed(problem: Problem) -> Response:
    """What is wrong with the form."""
    if problem.status >= 500:
        return told(problem)
    fields = "; ".join(f"{error['pointer']}: {error['detail']}" for error in problem.errors)
    return _refused(OAuthError("invalid_request", fields or problem.detail))

"""Refusals under /api/ai/v1 in OpenAI's shape: their SDKs raise the right exception, and show our words."""

from typing import Any

from apiflask import APIFlask
from flask import Response, json, request

from servicekit.problems import Problem

PLACE = "/api/ai/v1"
PROBLEM = "application/problem+json"
TYPES = {401: "invalid_request_error", 403: "permission_error", 429: "rate_limit_error"}
TYPES_OF_KINDS = {"budget-used-up": "insufficient_quota"}
CODES = {
    "unauthenticated": "invalid_api_key",
    "too-many-requests": "rate_limit_exceeded",
    "queue-full": "rate_limit_exceeded",
    "budget-used-up": "insufficient_quota",
    "model-not-found": "model_not_found",
    "too-long-for-this-model": "context_length_exceeded",
}


def install(app: APIFlask) -> None:
    """Every refusal under `PLACE`, whoever in the service has made it."""
    app.after_request(_translated)


def error_of(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem's body as OpenAI's clients read errors."""
    slug, status = problem["type"].rpartition("/")[2], problem["status"]
    fields = problem.get("errors", [])
    return {
        "error": {
            "message": _message(problem["detail"], fields),
            "type": TYPES_OF_KINDS.get(slug)
            or TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error"),
            "param": fields[0]["pointer"].strip("/").replace("/", ".") or None if fields else None,
            "code": CODES.get(slug, slug),
            "request_id": problem["request_id"],
        }
    }


def error_in_stream(problem: Problem, request_id: str) -> dict[str, Any]:
    """The same in the middle of an answer, when there is no status any more."""
    kind = {"type": f"/docs/errors/{problem.slug}", "status": problem.status, "detail": problem.detail}
    return error_of(kind | {"request_id": request_id})


def _message(detail: str, fields: list[dict[str, str]]) -> str:
    return "; ".join(f"{field['pointer']}: {field['detail']}" for field in fields) or detail


def _translated(response: Response) -> Response:
    if response.content_type == PROBLEM and f"{request.path}/".startswith(f"{PLACE}/"):
        response.data = json.dumps(error_of(json.loads(response.get_data())))
        response.content_type = "application/json"
    return response

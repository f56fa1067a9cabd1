"""pydantic models at the edge of a service, strictly: what goes in and what comes out is what is declared.

Stands in for APIFlask's stock pydantic adapter, which lets fields of undeclared models out and reads any
content type as JSON.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar, get_origin

from apiflask import APIFlask
from apiflask.schema_adapters.pydantic import PydanticAdapter
from apiflask.schema_adapters.registry import registry
from flask import Flask, Request
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, from_json
from typing_extensions import override

from servicekit.problems import BadRequest, FieldError, InvalidFields, UnsupportedMediaType

HUGE = re.compile(rb"[0-9][eE]\+?[0-9]{3}|[0-9]{300}")

P = ParamSpec("P")
R = TypeVar("R")


class StrictAdapter(PydanticAdapter):
    """Inputs: JSON or a form with its content type, repeated query parameters, headers. Outputs: re-validated."""

    @override
    def validate_input(self, request: Request, location: str, **_: Any) -> BaseModel:
        data = READERS[location](request, self.model_class)
        try:
            return self.model_class.model_validate(data)
        except ValidationError as error:
            raise InvalidFields(errors=_field_errors(error, location)) from None

    @override
    def serialize_output(self, data: Any, many: bool = False) -> Any:
        model: Any = self.model_class
        declared = TypeAdapter[Any](list[model] if many else model)
        return declared.dump_python(
            declared.validate_python(data, from_attributes=True), mode="json", by_alias=True
        )


registry.register("pydantic", StrictAdapter)


def _json_of(request: Request, _model: type[BaseModel]) -> Any:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    body = request.get_data()
    try:
        told = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise BadRequest("The body is not valid JSON.") from None
    if HUGE.search(body) and not _is_finite(told):
        raise BadRequest("There is a number in the body that is too large for any program.")
    return told


def _is_finite(told: Any) -> bool:
    """1e999 is written as a number, and read as what JSON has none for."""
    rest = [told]
    while rest:
        match rest.pop():
            case float() as number if not math.isfinite(number):
                return False
            case list() as values:
                rest += values
            case dict() as members:
                rest += members.values()
    return True


def _query_of(request: Request, model: type[BaseModel]) -> dict[str, Any]:
    """Query parameters; one that is declared a list may be repeated, any other may not."""
    read: dict[str, Any] = {}
    for name, values in request.args.lists():
        field = model.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is list:
            read[name] = values
        elif len(values) > 1:
            raise InvalidFields(errors=[{"pointer": name, "detail": "This parameter may be given once."}])
        else:
            read[name] = values[0]
    return read


def _headers_of(request: Request, model: type[BaseModel]) -> dict[str, str]:
    """The declared headers that are there: the field `if_match` is the header If-Match."""
    given = {name: request.headers.get(name.replace("_", "-")) for name in model.model_fields}
    return {name: value for name, value in given.items() if value is not None}


def _form_of(request: Request, _model: type[BaseModel]) -> dict[str, str]:
    """A form as OAuth has it (RFC 6749, section 3.2): an empty field is none, and none is given twice."""
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType("Send a form: Content-Type: application/x-www-form-urlencoded.")
    given = {name: [value for value in values if value] for name, values in request.form.lists()}
    twice = [name for name, values in given.items() if len(values) > 1]
    if twice:
        raise InvalidFields(errors=[{"pointer": twice[0], "detail": "This field may be given once."}])
    return {name: values[0] for name, values in given.items() if values}


READERS = {"json": _json_of, "form": _form_of, "query": _query_of, "headers": _headers_of}
MOST_ERRORS = 20  # of a hostile body with thousands of wrong fields
MOST_READ = 20_000  # each costs half a kilobyte to read, and pydantic reads out all or none


def _field_errors(error: ValidationError, location: str) -> list[FieldError]:
    if error.error_count() > MOST_READ:
        return [{"pointer": "", "detail": f"{error.error_count()} fields are wrong: too many to list."}]
    return [_field_error(e, location) for e in error.errors(include_url=False)[:MOST_ERRORS]]


def _field_error(error: ErrorDetails, location: str) -> FieldError:
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in error["loc"]]
    pointer = "/" + "/".join(steps) if location == "json" and steps else ".".join(steps)
    return {"pointer": pointer, "detail": error["msg"].removeprefix("Value error, ")}


PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
REFUSAL = {
    "description": "Any refusal, as problem details (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def raw_body(media_type: str, description: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate an endpoint whose body is no JSON; it reads it itself."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
        view.__dict__["raw_body"] = {"description": description, "content": content, "required": True}
        return view

    return decorate


def raw_bodies(app: Flask) -> dict[str, dict[str, Any]]:
    """`METHOD path` → body, of those endpoints."""
    bodies = dict[str, dict[str, Any]]()
    for rule in app.url_map.iter_rules():
        body = getattr(app.view_functions[rule.endpoint], "raw_body", None)
        if body is not None:
            bodies |= {f"{method} {rule.rule}": body for method in rule.methods or ()}
    return bodies


def complete(
    spec: dict[str, Any], guards: Mapping[str, str], bodies: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """Add what holds for every operation: how it refuses, who may call it (guard_table), raw_bodies."""
    flat = _flatten_names(spec)
    flat["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for path, item in flat["paths"].items():
        for method, operation in item.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                name = f"{method.upper()} {path}"
                operation["responses"]["default"] = REFUSAL
                operation["security"] = _security(guards.get(name, ""))
                operation.update({"requestBody": bodies[name]} if name in bodies else {})
                _correct(operation)
    return flat


def _correct(operation: dict[str, Any]) -> None:
    """What APIFlask leaves out or gets wrong: a declared body is needed, 304 has none, null is no parameter."""
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    for status in {"204", "304"} & operation["responses"].keys():
        operation["responses"][status].pop("content", None)
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        wanted = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
        parameter["schema"] = {k: v for k, v in schema.items() if v is not None} | (wanted or [{}])[0]


def _security(guard: str) -> list[dict[str, list[str]]]:
    """Visitors and people carry an identity; the scopes are the permissions that are asked for."""
    words = guard.split()
    if not words or words == ["open_to_all"]:
        return []
    scopes: dict[str, list[str]] = {"identity": [word for word in words if ":" in word]}
    return [scopes, {}] if "open_to_visitors" in words else [scopes]


def _flatten_names(spec: dict[str, Any]) -> dict[str, Any]:
    """Nested models as `Child`, where APIFlask writes `Parent.Child`."""
    text = json.dumps(spec)
    for name in (n for n in spec["components"].get("schemas", {}) if "." in n):
        text = text.replace(
            f'"#/components/schemas/{name}"', f'"#/components/schemas/{name.rsplit(".", 1)[1]}"'
        )
    flat: dict[str, Any] = json.loads(text)
    schemas = flat["components"].get("schemas", {})
    for name in [n for n in schemas if "." in n]:
        schema, short = schemas.pop(name), name.rsplit(".", 1)[1]
        if schemas.setdefault(short, schema) != schema:
            raise ValueError(f"two different models are called {short}")
    return flat


def spec_of(app: APIFlask) -> str:
    """The OpenAPI 3.1 document of a service, as the files in contracts/ hold it."""
    with app.app_context():
        return json.dumps(app.spec, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

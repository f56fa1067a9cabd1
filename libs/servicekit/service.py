"""A Flask application that is ready to stand behind the door."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app

from servicekit import observe, openapi, problems
from servicekit.guards import Room, furnish, guard_table, open_to_all
from servicekit.identity import Keys, Verifier, fetcher
from servicekit.settings import Settings

BARE: dict[str, Any] = {"docs_path": None, "spec_path": None, "json_errors": False, "static_folder": None}
BEARER = {"identity": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}


def create_service(
    name: str,
    settings: Settings | None = None,
    *,
    rooms: Sequence[Room] = (),
    checks: Mapping[str, observe.Check] | None = None,
    keys: Keys | None = None,
    max_body: int = 64 * 1024,
) -> APIFlask:
    """An application whose audience is `name`: identity, guards, problem details, health, metrics, OpenAPI.

    `settings` default to the environment, `keys` to those at JWKS_URL; `max_body` is in bytes on the wire.
    """
    settings = settings or Settings.from_environment()
    app = APIFlask(name, title=name.capitalize(), version="1", **BARE)
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        AUTO_404_RESPONSE=False,
        AUTO_SERVERS=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        MAX_CONTENT_LENGTH=max_body,
        SECURITY_SCHEMES=BEARER,
    )
    app.url_map.redirect_defaults = app.url_map.merge_slashes = app.url_map.strict_slashes = False
    app.extensions["settings"] = settings
    app.extensions["identity"] = Verifier(
        settings.token_issuer, name, keys or Keys(fetcher(settings.jwks_url))
    )
    app.spec_processor(
        lambda spec: openapi.complete(cast("dict[str, Any]", spec), guard_table(app), openapi.raw_bodies(app))
    )
    problems.install(app)
    observe.install(app, checks or {})
    furnish(app, [*rooms, Room(_reference(name), "", open_to_all)])
    return app


def _reference(name: str) -> APIBlueprint:
    """The service's own OpenAPI document, for anyone."""
    reference = APIBlueprint("reference", name, enable_openapi=False)

    @reference.get(f"/api/{name}/openapi.json")
    def document() -> Response:
        return Response(openapi.spec_of(cast("APIFlask", current_app)), content_type="application/json")

    return reference

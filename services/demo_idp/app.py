"""Wiring of the demo identity provider."""

from apiflask import APIFlask

from demo_idp.calendar import blueprint as calendar
from demo_idp.keys import signing_key
from demo_idp.provider import CLIENT_ID, Client, Provider
from demo_idp.routes import blueprint
from demo_idp.settings import PREFIX, DemoSettings
from servicekit import logs, observe, problems
from servicekit.guards import Room, furnish, open_to_all


def create_app(settings: DemoSettings) -> APIFlask:
    """The provider as an application, open to all. OpenID Connect describes it: it has no OpenAPI."""
    app = APIFlask(__name__, enable_openapi=False, json_errors=False, static_url_path=f"{PREFIX}/static")
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
    app.extensions["settings"] = settings
    client = Client(CLIENT_ID, settings.client_secret(), settings.client_redirect_uri)
    key, rotates = signing_key(settings.secrets_dir), settings.demo_idp_rotates
    app.extensions["provider"] = Provider(app, settings.issuer, client, key, rotates=rotates)
    problems.install(app)
    observe.install(app, checks={})
    furnish(app, [Room(blueprint, PREFIX, open_to_all), Room(calendar, f"{PREFIX}/calendar", open_to_all)])
    return app


def from_environment() -> APIFlask:
    """What the server loads."""
    settings = DemoSettings.from_environment()
    logs.configure(settings.log_level, "demo_idp")
    return create_app(settings)

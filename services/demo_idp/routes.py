"""The provider's endpoints (OpenID Connect Core and Discovery; RFC 6749, 7009, 9207)."""

from urllib.parse import urlsplit

from apiflask import APIBlueprint
from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from flask import Response, current_app, render_template, request

from demo_idp.accounts import ACCOUNTS, RESOURCES, SCOPES
from demo_idp.keys import ALGORITHM
from demo_idp.provider import CLIENT_AUTHENTICATION, Provider
from demo_idp.texts import LANGUAGES, TEXTS

blueprint = APIBlueprint("demo_idp", __name__)


def provider() -> Provider:
    """The authorization server of this application."""
    found: Provider = current_app.extensions["provider"]
    return found


@blueprint.after_request
def _never_stored(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/.well-known/openid-configuration")
def discovery() -> dict[str, object]:
    issuer = provider().issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "revocation_endpoint": f"{issuer}/revoke",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "scopes_supported": [*SCOPES, *RESOURCES],
        "claims_supported": ["sub", "email", "email_verified", "hd", "name", "locale"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
        "revocation_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "ui_locales_supported": LANGUAGES,
    }


@blueprint.get("/jwks")
def jwks() -> dict[str, object]:
    return {"keys": [provider().key.as_dict(private=False)]}


@blueprint.get("/authorize")
def choose() -> Response:
    """The page on which a person says who they are; it changes nothing."""
    if not _from_our_client():
        return page("refused.html", 400)
    try:
        asked = provider().get_consent_grant().request.scope.split()
    except OAuth2Error as error:
        return _back_with(error)
    resources = [scope for scope in RESOURCES if scope in asked]
    return page("choose.html", accounts=ACCOUNTS.values(), resources=resources)


@blueprint.post("/authorize")
def chosen() -> Response:
    """Back to the client: with a code for the person chosen, or with `access_denied`."""
    if not _from_our_client() or not _from_our_page():
        return page("refused.html", 400)
    try:
        grant = provider().get_consent_grant()
    except OAuth2Error as error:
        return _back_with(error)
    account = ACCOUNTS.get(request.form.get("account", ""))
    return _with_issuer(provider().create_authorization_response(grant=grant, grant_user=account))


@blueprint.post("/token")
def token() -> Response:
    answer: Response = provider().create_token_response()
    return answer


@blueprint.post("/revoke")
def revoke() -> Response:
    answer: Response = provider().create_endpoint_response("revocation")
    return answer


@blueprint.route("/userinfo", methods=["GET", "POST"])
def userinfo() -> Response | dict[str, object]:
    try:
        token = provider().bearer("openid")
    except OAuth2Error as error:
        refusal: Response = provider().handle_error_response(None, error)
        return refusal
    claims: dict[str, object] = token.account.claims(token.scope.split())
    return claims


def page(template: str, status: int = 200, **context: object) -> Response:
    """A page in the visitor's language."""
    language = request.accept_languages.best_match(LANGUAGES, default="en")
    body = render_template(template, language=language, texts=TEXTS[language], **context)
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return Response(body, status, headers, mimetype="text/html")


def _from_our_client() -> bool:
    """Only then may anything be sent to the redirect URI (RFC 6749, section 4.1.2.1).

    Authlib would say the same, but fails on some addresses that cannot be written into its message.
    """
    client = provider().client
    once = {name: request.args.getlist(name) for name in ("client_id", "redirect_uri")}
    return once == {"client_id": [client.client_id], "redirect_uri": [client.redirect_uri]}


def _from_our_page() -> bool:
    """Whether the form was sent from our own page, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    issuer = urlsplit(provider().issuer)
    return request.headers.get("Origin") in {None, f"{issuer.scheme}://{issuer.netloc}"}


def _back_with(error: OAuth2Error) -> Response:
    """To the client with an error; its redirect URI is known to be right."""
    error.redirect_uri = provider().client.redirect_uri
    return _with_issuer(provider().handle_error_response(None, error))


def _with_issuer(response: Response) -> Response:
    """Adds who answers (RFC 9207), so that the client is not confused about it."""
    response.location = add_params_to_uri(response.location, {"iss": provider().issuer})
    return response

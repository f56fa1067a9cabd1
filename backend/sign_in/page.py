"""A refusal of what is done at /auth/ as a page for people (Spanish or English), or as problem details for programs."""

from flask import Response, g, render_template, request

from servicekit.problems import Problem, told

BEGIN_AGAIN = "Puedes volver a empezar."
SPANISH = {
    "sign-in-refused": (
        "El inicio de sesión no se ha aceptado",
        f"Lo cancelaste, o la respuesta del proveedor de identidad no se pudo aceptar. {BEGIN_AGAIN}",
    ),
    "sign-in-expired": (
        "Este inicio de sesión ya no vale",
        f"Tardó demasiado, ya se usó, o empezó en otro navegador. {BEGIN_AGAIN}",
    ),
    "account-suspended": (
        "Esta cuenta está suspendida",
        "Pide a un administrador que la reactive.",
    ),
    "provider-unavailable": (
        "El proveedor de identidad no responde",
        "Inténtalo de nuevo dentro de un minuto. Quien ya ha iniciado sesión no se ve afectado.",
    ),
    "unavailable": (
        "No disponible en este momento",
        "Una parte de la plataforma no responde. Inténtalo de nuevo dentro de unos segundos.",
    ),
}


def page(problem: Problem, back: str = "/auth/login") -> Response:
    """The same status either way; browsers get the page, with a link to begin again at `back`."""
    if request.accept_mimetypes.best_match(["text/html", "application/problem+json"]) != "text/html":
        return told(problem)
    spanish = request.accept_languages.best_match(["en", "es"]) == "es"
    english = (problem.title, problem.detail)
    words: tuple[str, str] = getattr(problem, "in_spanish", SPANISH.get(problem.slug, english))
    title, detail = words if spanish else english
    told_there = {"title": title, "detail": detail, "spanish": spanish, "slug": problem.slug, "back": back}
    body = render_template("sign_in.html", **told_there, request_id=g.request_id)
    return Response(body, problem.status, problem.headers, content_type="text/html; charset=utf-8")

"""Ways in which one answer of a provider goes wrong, whichever endpoint it is."""

from collections.abc import Callable

from flask import Response

from tests.sign_in.provider import Provider, with_json

PATIENCE = 8.0  # seconds: five are promised, and the machine may be busy

Fault = Callable[[Provider, Response], Response]


def text(body: str | bytes, status: int = 200, kind: str = "application/json") -> Fault:
    return lambda provider, answer: Response(body, status, content_type=kind)


def redirect(status: int, to: str = "elsewhere") -> Fault:
    return lambda provider, answer: Response(status=status, headers={"Location": f"{provider.issuer}/{to}"})


def inside(status: int) -> Fault:
    """All is well but for the status: what comes with it must not be used."""

    def fault(provider: Provider, answer: Response) -> Response:
        headers = {"Location": f"{provider.issuer}/elsewhere"}
        return Response(answer.get_data(), status, headers, content_type="application/json")

    return fault


def several_megabytes(provider: Provider, answer: Response) -> Response:
    return with_json(answer, padding="x" * 4_000_000)


def half(provider: Provider, answer: Response) -> Response:
    return Response(answer.get_data()[:40], content_type="application/json")


def called_html(provider: Provider, answer: Response) -> Response:
    return Response(answer.get_data(), content_type="text/html")


FAULTS: dict[str, Fault] = {
    "redirects (302)": redirect(302),
    "redirects (307)": redirect(307),
    "redirects (308)": redirect(308),
    "redirects with the answer inside": inside(302),
    "fails with the answer inside": inside(500),
    "is not there, with the answer inside": inside(404),
    "fails (500)": text('{"error": "server_error"}', 500),
    "fails in HTML (502)": text("<h1>Bad gateway</h1>", 502, "text/html"),
    "is not there (404)": text("", 404),
    "limits (429)": text('{"error": "slow_down"}', 429),
    "HTML with 200": text("<h1>Welcome</h1>", 200, "text/html"),
    "JSON called HTML": called_html,
    "empty": text(""),
    "a list": text("[]"),
    "a text": text('"token"'),
    "null": text("null"),
    "half of it": half,
    "not UTF-8": text(b'{"id_token": "\xff\xfe"}'),
    "several megabytes": several_megabytes,
    "nested beyond measure": text("[" * 100_000),
    "hangs": Provider.hang,
    "trickles": Provider.trickle,
}


def misbehave(provider: Provider, endpoint: str, fault: Fault) -> None:
    """From now on, this endpoint answers wrongly."""
    provider.answers[endpoint] = lambda answer: fault(provider, answer)

"""Why Google was not connected, and what the person is told."""

from servicekit.problems import Problem

CANCELLED, EXPIRED, ELSEWHERE, ANOTHER, NOTHING, NOT_LASTING, NOT_ACCEPTED = (
    "cancelled",
    "expired",
    "another session",
    "another account",
    "nothing granted",
    "no refresh token",
    "not accepted",
)
TEXTS = {
    CANCELLED: (
        "You cancelled, or Google refused it. Nothing has changed.",
        "Lo cancelaste, o Google no lo permitió. No ha cambiado nada.",
    ),
    EXPIRED: (
        "It took too long, or was used already. Begin again in your account.",
        "Tardó demasiado, o ya se usó. Vuelve a empezar desde tu cuenta.",
    ),
    ELSEWHERE: (
        (
            "It was begun by somebody else, or in another browser, or you have signed out meanwhile. "
            "Begin again in your account."
        ),
        (
            "Lo empezó otra persona, o en otro navegador, o has cerrado la sesión entretanto. "
            "Vuelve a empezar desde tu cuenta."
        ),
    ),
    ANOTHER: (
        (
            "You chose another account at Google than the one you sign in with here. Nothing was connected. "
            "Begin again, and choose your own."
        ),
        (
            "En Google elegiste otra cuenta, no aquella con la que inicias sesión aquí. No se ha conectado nada. "
            "Vuelve a empezar y elige la tuya."
        ),
    ),
    NOTHING: (
        "You granted nothing of what was asked for. Nothing was connected.",
        "No concediste nada de lo que se pedía. No se ha conectado nada.",
    ),
    NOT_LASTING: (
        (
            "Google gave access for the moment only, so nothing was connected. Take this platform's access back "
            "in your account at Google, and begin again."
        ),
        (
            "Google solo dio acceso por un momento, así que no se ha conectado nada. Retira el acceso de esta "
            "plataforma en tu cuenta de Google y vuelve a empezar."
        ),
    ),
    NOT_ACCEPTED: (
        "The answer of the identity provider could not be accepted. Begin again in your account.",
        "La respuesta del proveedor de identidad no se pudo aceptar. Vuelve a empezar desde tu cuenta.",
    ),
}


class ConnectionRefused(Problem):
    slug, title, status = "connection-refused", "Google was not connected", 403
    default_detail = TEXTS[NOT_ACCEPTED][0]

    def __init__(self, why: str) -> None:
        english, spanish = TEXTS[why]
        super().__init__(english)
        self.in_spanish = ("Google no se ha conectado", spanish)

"""The words of the provider's two pages."""

LANGUAGES = ("en", "es")

TEXTS = {
    "en": {
        "demo": "Demo identity provider · for development only",
        "title": "Who would you like to be?",
        "lead": "These people exist only in this demo. No password is asked; nothing leaves this machine.",
        "people": "Demo accounts",
        "ada": "Administrator",
        "mar": "Member",
        "pau": "Not yet authorised: waits for approval",
        "eva": "E-mail not verified: waits for approval",
        "grant": "The platform asks for more. Allow it to",
        "https://www.googleapis.com/auth/calendar.readonly": "see the events of your calendars",
        "https://www.googleapis.com/auth/tasks.readonly": "see your task lists",
        "https://www.googleapis.com/auth/drive.file": "keep files of its own in your Drive",
        "cancel": "Cancel and go back",
        "refused_title": "This sign-in cannot go on",
        "refused_lead": "The request does not come from this platform's own sign-in. Nobody was signed in.",
        "refused_help": "Go back to the application and start signing in again.",
    },
    "es": {
        "demo": "Proveedor de identidad de demostración · solo para desarrollo",
        "title": "¿Quién quieres ser?",
        "lead": "Personas inventadas para esta demostración. Sin contraseñas; nada sale de este equipo.",
        "people": "Cuentas de demostración",
        "ada": "Administradora",
        "mar": "Miembro",
        "pau": "Aún sin autorizar: espera aprobación",
        "eva": "Correo sin verificar: espera aprobación",
        "grant": "La plataforma pide algo más. Permítele",
        "https://www.googleapis.com/auth/calendar.readonly": "ver los eventos de tus calendarios",
        "https://www.googleapis.com/auth/tasks.readonly": "ver tus listas de tareas",
        "https://www.googleapis.com/auth/drive.file": "guardar archivos suyos en tu Drive",
        "cancel": "Cancelar y volver",
        "refused_title": "Este inicio de sesión no puede continuar",
        "refused_lead": "La petición no viene del acceso de esta plataforma. Nadie ha iniciado sesión.",
        "refused_help": "Vuelve a la aplicación y empieza de nuevo a iniciar sesión.",
    },
}

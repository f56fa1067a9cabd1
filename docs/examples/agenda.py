"""A service that tells its person what they have planned, from Google Calendar. docs/google-apis.md explains it."""

import httpx2

from servicekit import create_service
from servicekit.google import google_token
from servicekit.problems import Unavailable
from servicekit.settings import Settings


class AgendaSettings(Settings):
    google_apis: str = "https://www.googleapis.com"


settings = AgendaSettings.from_environment()
app = create_service("agenda", settings)


@app.get("/api/agenda")
def planned() -> dict[str, list[str]]:
    """The next events of the person who asks."""
    bearer = {"Authorization": f"Bearer {google_token('calendar.readonly')}"}
    url = f"{settings.google_apis}/calendar/v3/calendars/primary/events"
    try:
        answer = httpx2.get(url, headers=bearer, timeout=5).raise_for_status()
    except httpx2.HTTPError:
        raise Unavailable("Google Calendar does not answer as it should. Try again later.") from None
    return {"planned": [event["summary"] for event in answer.json()["items"]]}

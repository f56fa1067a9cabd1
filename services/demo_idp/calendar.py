"""A tiny calendar in the shape of Google's, so that a connection can be tried: three events for each of the four."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from apiflask import APIBlueprint
from authlib.oauth2 import OAuth2Error
from flask import Response, current_app

from demo_idp.accounts import CALENDAR, Account
from demo_idp.provider import Provider

EVENTS = ("Coffee with Lola", "Dentist", "Train to Cádiz")

blueprint = APIBlueprint("demo_calendar", __name__)


@blueprint.get("/v3/calendars/primary/events")
def events() -> Response | dict[str, Any]:
    """Whose access token it is, and what they have planned."""
    provider = cast("Provider", current_app.extensions["provider"])
    try:
        account = provider.bearer(CALENDAR).account
    except OAuth2Error as error:
        refusal: Response = provider.handle_error_response(None, error)
        return refusal
    return {"kind": "calendar#events", "summary": account.email, "items": _planned(account)}


def _planned(account: Account) -> list[dict[str, Any]]:
    """One a day, from tomorrow on, at ten in the morning (UTC)."""
    today = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0)
    return [
        {
            "id": f"{account.key}-{n}",
            "summary": summary,
            "start": {"dateTime": (today + timedelta(days=n)).isoformat()},
            "end": {"dateTime": (today + timedelta(days=n, hours=1)).isoformat()},
        }
        for n, summary in enumerate(EVENTS, 1)
    ]

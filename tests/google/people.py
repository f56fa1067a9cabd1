"""Who takes part: a person who connects Google, and a service that uses it for them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import httpx2

from demo_idp.accounts import CALENDAR, DRIVE, TASKS
from servicekit.service_key import ServiceKey
from tests.sign_in.backend import Backend
from tests.sign_in.browser import Browser
from tests.sign_in.provider import Provider

SPELLED = {"calendar.readonly": CALENDAR, "tasks.readonly": TASKS, "drive.file": DRIVE}
ACCOUNT = "/api/account/google"
EVENTS = "/calendar/v3/calendars/primary/events"


class Member:
    """Somebody who has signed in."""

    def __init__(self, browser: Browser, provider: Provider) -> None:
        self.browser = browser
        self.provider = provider
        self.subject = provider.person["sub"]
        provider.person |= {"email": "mar@demo.example", "email_verified": True, "hd": "demo.example"}
        answer = browser.sign_in()
        assert answer.status_code == 303, answer.text
        self.id = str(browser.call("GET", "/api/account").json()["id"])

    def state(self) -> dict[str, Any]:
        """What the app is told of the connection."""
        told: dict[str, Any] = self.browser.call("GET", ACCOUNT).json()
        return told

    def ask_to_connect(self, scopes: Sequence[str]) -> str:
        """Choose in the app: the local path on which the browser goes on."""
        answer = self.browser.call("POST", ACCOUNT, {"scopes": list(scopes)})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["location"])

    def begin(self, scopes: Sequence[str] = ("calendar.readonly",)) -> str:
        """The provider's address, with the question to it."""
        answer = self.browser.get(self.ask_to_connect(scopes))
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def consent(self, address: str, grant: Iterable[str] = SPELLED) -> str:
        """Tick at the provider what is granted: the callback's address."""
        return self.browser.choose(address, grant=[SPELLED[name] for name in grant])

    def connect(
        self, scopes: Sequence[str] = ("calendar.readonly",), grant: Iterable[str] = SPELLED
    ) -> httpx2.Response:
        """The whole way; the callback's answer."""
        self.provider.person["sub"] = self.subject
        return self.browser.get(self.consent(self.begin(scopes), grant))

    def connected(self, *scopes: str) -> "Member":
        answer = self.connect(scopes or ("calendar.readonly",))
        assert answer.status_code == 303, answer.text
        return self

    def disconnect(self) -> httpx2.Response:
        return self.browser.call("DELETE", ACCOUNT)


class Service:
    """A service with its key."""

    def __init__(self, http: httpx2.Client, backend: Backend, secrets: Path, name: str) -> None:
        self._http = http
        self._backend = backend
        self.name = name
        self.key = ServiceKey.read(secrets, name)

    def form(self, identity_token: str, scope: str = "calendar.readonly") -> dict[str, str]:
        proof = self.key.form(self._backend.address)
        return {**proof, "subject_token": identity_token, "scope": scope}

    def send(self, form: dict[str, str], address: str | None = None) -> httpx2.Response:
        return self._http.post(f"{address or self._backend.address}/internal/google-token", data=form)

    def token_for(self, member: Member, scope: str = "calendar.readonly") -> httpx2.Response:
        """Ask for an access token, as while serving a request of this person."""
        return self.send(self.form(member.browser.identity_token(self.name), scope))

    def events(self, access_token: str) -> httpx2.Response:
        """Ask the calendar."""
        bearer = {"Authorization": f"Bearer {access_token}"}
        return self._http.get(self._backend.provider.issuer + EVENTS, headers=bearer)


def expire(backend: Backend, member: Member) -> None:
    """An hour later, the access tokens that were given have run out."""
    backend.change(
        "UPDATE google_access_tokens SET expires_at = '2026-01-01 00:00:00.000000' "
        "WHERE connection_id = (SELECT id FROM google_connections WHERE user_id = ?)",
        member.id,
    )


def rested(backend: Backend, member: Member) -> None:
    """The time for which a failing provider is left in peace is over."""
    backend.change("UPDATE google_connections SET retry_at = NULL WHERE user_id = ?", member.id)

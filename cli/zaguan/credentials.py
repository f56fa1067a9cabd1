"""With what this program comes: a sign-in kept in a file and renewed when it must be, or a personal access token."""

from dataclasses import asdict
from typing import Any, Protocol

from zaguan import oauth
from zaguan.failures import SIGNED_OUT, Failure
from zaguan.http import Http, origin_of
from zaguan.oauth import Credentials
from zaguan.settings import Settings
from zaguan.store import PrivateFile


class Credential(Protocol):
    def current(self) -> str:
        """To be sent now."""

    def renewed(self, refused: str) -> str | None:
        """Another instead of one that was refused, if there is one."""


class FixedToken:
    """A personal access token: there is only this one."""

    def __init__(self, text: str) -> None:
        try:
            self._text = oauth.sendable(text)
        except ValueError:
            raise Failure("What is in ZAGUAN_TOKEN is no access token.", SIGNED_OUT) from None

    def current(self) -> str:
        return self._text

    def renewed(self, refused: str) -> str | None:  # noqa: ARG002
        return None


class Profiles:
    """The sign-ins of this person on this machine, each under the name of a profile."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.profile
        self._file = PrivateFile(settings.config / "credentials.json")

    def url(self) -> str | None:
        """Where this profile is, or was last, signed in."""
        told = _of(self._file.read(), self.name).get("url")
        return told if isinstance(told, str) else None

    def get(self) -> Credentials | None:
        return _credentials(_of(self._file.read(), self.name))

    def meant_for(self, url: str) -> Credentials | None:
        """What may be sent to `url`. Failure if it is another platform's: it would learn it."""
        return _meant_for(url, _of(self._file.read(), self.name))

    def put(self, url: str, credentials: Credentials) -> None:
        with self._file.changing() as content:
            content.setdefault("profiles", {})[self.name] = {"url": url, **asdict(credentials)}

    def forget(self) -> None:
        with self._file.changing() as content:
            content.setdefault("profiles", {}).pop(self.name, None)

    def renew(self, http: Http, refused: str) -> str:
        """New credentials, unless another process has fetched some meanwhile: each refresh credential is good once."""
        with self._file.changing() as content:
            kept = _meant_for(http.url, _of(content, self.name))
            if kept is None:
                raise signed_out(http.url)
            if kept.access != refused and kept.is_fresh:
                return kept.access
            try:
                renewed = oauth.renew(http, kept.refresh)
            except oauth.Ended:
                content["profiles"][self.name] = {"url": http.url}
            else:
                content["profiles"][self.name] |= asdict(renewed)
                return renewed.access
        raise signed_out(http.url)


class SignedIn:
    """The sign-in of a profile."""

    def __init__(self, profiles: Profiles, http: Http) -> None:
        self._profiles, self._http = profiles, http

    def current(self) -> str:
        kept = self._profiles.meant_for(self._http.url)
        if kept is None:
            raise signed_out(self._http.url)
        return kept.access if kept.is_fresh else self.renewed(kept.access)

    def renewed(self, refused: str) -> str:
        return self._profiles.renew(self._http, refused)


def place(settings: Settings, profiles: Profiles) -> str:
    """The platform that is meant."""
    url = settings.url or profiles.url()
    if url is None:
        raise Failure("You are not signed in. Sign in first: zaguan login ADDRESS", SIGNED_OUT)
    return origin_of(url)


def signed_out(url: str) -> Failure:
    return Failure(f"You are not signed in any more. Sign in again: zaguan login {url}", SIGNED_OUT)


def _of(content: dict[str, Any], name: str) -> dict[str, Any]:
    profiles = content.get("profiles")
    told = profiles.get(name) if isinstance(profiles, dict) else None
    return told if isinstance(told, dict) else {}


def _meant_for(url: str, told: dict[str, Any]) -> Credentials | None:
    kept, where = _credentials(told), told.get("url")
    if kept is not None and where != url:
        raise Failure(
            f"This profile is signed in to {where}, not to {url}. Sign in there, too: "
            f"zaguan login --profile NAME {url}",
            SIGNED_OUT,
        )
    return kept


def _credentials(told: dict[str, Any]) -> Credentials | None:
    try:
        return Credentials(told["access"], told["refresh"], float(told["expires_at"]), told["scope"])
    except (KeyError, TypeError, ValueError):
        return None

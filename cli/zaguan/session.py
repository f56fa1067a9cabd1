"""What a command works with: the settings, the screen, and the platform with this person's credential."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zaguan.credentials import Credential, FixedToken, Profiles, SignedIn, place
from zaguan.failures import refusal
from zaguan.http import Answer, Http
from zaguan.settings import Settings
from zaguan.show import Screen

JSON = {"Content-Type": "application/json"}


@dataclass
class Session:
    settings: Settings
    screen: Screen

    @cached_property
    def profiles(self) -> Profiles:
        return Profiles(self.settings)

    @cached_property
    def http(self) -> Http:
        return self.at(place(self.settings, self.profiles))

    @cached_property
    def credential(self) -> Credential:
        if self.settings.token:
            return FixedToken(self.settings.token)
        return SignedIn(self.profiles, self.http)

    def at(self, url: str) -> Http:
        return Http(url, self.screen.watch)

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: Any = None,
    ) -> Answer:
        """A good answer to this person; what is refused for its age is asked once more with a new credential."""
        body = _body(content)
        told = {"Accept": "application/json", **(headers or {}), **(JSON if body else {})}

        def send(credential: str) -> Answer:
            with_it = {**told, "Authorization": f"Bearer {credential}"}
            return self.http.send(method, path, params=params, headers=with_it, body=body)

        used = self.credential.current()
        answer = send(used)
        if answer.status == 401 and (renewed := self.credential.renewed(used)):
            answer = send(renewed)
        if not answer.good:
            raise refusal(answer.status, answer.body)
        return answer

    @contextmanager
    def stream(self, path: str, content: Any) -> Iterator[Iterator[str]]:
        """The lines of a good answer to a POST, as they come."""
        body = _body(content)
        told = {"Accept": "text/event-stream", **JSON}
        used: str | None = self.credential.current()
        while used:
            with self.http.stream("POST", path, {**told, "Authorization": f"Bearer {used}"}, body) as (
                answer,
                lines,
            ):
                if answer.good:
                    yield lines
                    return
            used = self.credential.renewed(used) if answer.status == 401 else None
        raise refusal(answer.status, answer.body)


def _body(content: Any) -> bytes:
    return b"" if content is None else json.dumps(content, ensure_ascii=False).encode()

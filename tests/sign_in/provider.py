"""A provider that misbehaves on demand: the demo identity provider, each of whose answers a test may alter.

    provider.id_token = id_tokens.signed_by_another_key   # what stands where the id_token should
    provider.answers["token"] = lambda answer: Response("<html>", 200)
    provider.person["email"] = "someone@else.example"     # what it vouches for

`reset` makes it honest again.
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, Response, json, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import BaseWSGIServer, make_server

from demo_idp.app import create_app
from demo_idp.settings import DemoSettings
from demo_idp.storage import Token

HANG = 12  # seconds: longer than anybody should wait

Answer = Callable[[Response], Response]
Parameters = list[tuple[str, str]]


@dataclass
class Draft:
    """An id_token before it is signed."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: RSAKey
    client_secret: str

    def signed(self) -> str:
        return jwt.encode(self.header, self.claims, self.key, ["RS256"])


class Provider:
    """The double. Every request it gets is remembered in `requests`, unknown paths included."""

    def __init__(self, app: Flask, secrets_dir: Path) -> None:
        self._honest = app.extensions["provider"]
        self._client_secret = (secrets_dir / "demo-client-secret").read_text().strip()
        self.issuer: str = self._honest.issuer
        self._first_key: RSAKey = self._honest.key
        self._spare_keys = cycle([_new_key(), _new_key()])  # keys are slow to make
        self.awake = threading.Event()
        self.reset()
        app.before_request(self._remember)
        app.after_request(self._misbehave)

    def reset(self) -> None:
        """Honest again, and nobody waits for an answer any more."""
        self.awake.set()
        self.awake = threading.Event()
        self.rotates = False
        self.forget_grants()
        self.requests: list[str] = []
        self.person: dict[str, Any] = {}
        self.id_token: Callable[[Draft], object] = Draft.signed
        self.answers: dict[str, Answer] = {}
        self.callback: Callable[[Parameters], Parameters] = lambda parameters: parameters

    @property
    def key(self) -> RSAKey:
        """The key that it signs with at the moment, and publishes."""
        key: RSAKey = self._honest.key
        return key

    def rotate_key(self) -> None:
        """A new key from now on; the old one is not published any more."""
        material = next(self._spare_keys).as_dict(private=True)
        self._honest.key = RSAKey.import_key(material | {"kid": secrets.token_hex(8)})

    @property
    def rotates(self) -> bool:
        """Whether each refresh token is good once."""
        return bool(self._honest.rotates)

    @rotates.setter
    def rotates(self, value: bool) -> None:
        self._honest.rotates = value

    def tokens(self) -> list[str]:
        """Every token that it has given out and not taken back."""
        return list(self._honest.storage._tokens)

    def add_token(self, token: Token) -> None:
        """One that it has given out earlier."""
        self._honest.storage.add_token(token)

    def scope_of(self, token: str) -> str:
        """What a token that it has given out can do."""
        return str(self._honest.storage.find_token(token).scope)

    def forget_tokens(self) -> None:
        """Every person has taken back, here, what they had granted."""
        self._honest.storage._tokens.clear()

    def forget_grants(self) -> None:
        """Nobody has granted anything yet."""
        self._honest.storage._granted.clear()

    def hang(self, answer: Response) -> Response:
        """Nothing for a long time."""
        self.awake.wait(HANG)
        return answer

    def trickle(self, answer: Response) -> Response:
        """A byte now and then, so that no single read takes long."""
        awake, body = self.awake, answer.get_data()

        def slowly() -> Iterator[bytes]:
            for byte in body:
                yield bytes([byte])
                if awake.wait(0.4):
                    return

        return Response(slowly(), answer.status_code, content_type=answer.content_type)

    def _remember(self) -> None:
        self.requests.append(request.path.removeprefix("/demo-idp/"))

    def _misbehave(self, answer: Response) -> Response:
        endpoint = (request.endpoint or "").removeprefix("demo_idp.")
        if endpoint == "token" and answer.status_code == 200 and "id_token" in answer.get_json():
            answer = self._with_altered_id_token(answer)
        if endpoint == "userinfo" and answer.status_code == 200:
            answer = with_json(answer, **self.person)
        if answer.status_code == 302:
            answer.location = self._with_altered_callback(answer.location)
        alter = self.answers.get(endpoint)
        return alter(answer) if alter else answer

    def _with_altered_id_token(self, answer: Response) -> Response:
        honest = jwt.decode(answer.get_json()["id_token"], self._first_key, algorithms=["RS256"])
        claims = {name: value for name, value in (honest.claims | self.person).items() if value is not None}
        draft = Draft(honest.header | {"kid": self.key.kid}, claims, self.key, self._client_secret)
        return with_json(answer, id_token=self.id_token(draft))

    def _with_altered_callback(self, location: str) -> str:
        address = urlsplit(location)
        parameters = self.callback(parse_qsl(address.query, keep_blank_values=True))
        return address._replace(query=urlencode(parameters)).geturl()


def with_json(answer: Response, **changes: object) -> Response:
    """The answer with other members; None removes one."""
    members = {k: v for k, v in (answer.get_json() | changes).items() if v is not None}
    return Response(json.dumps(members), answer.status_code, content_type="application/json")


def _new_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"})


@contextmanager
def running_provider(secrets_dir: Path, callback: str) -> Iterator[Provider]:
    """The double on a free loopback port, for the client whose redirect URI is `callback`."""
    server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True)
    settings = DemoSettings(
        issuer=f"http://127.0.0.1:{server.port}/demo-idp",
        client_redirect_uri=callback,
        secrets_dir=secrets_dir,
    )
    server.app = create_app(settings)
    provider = Provider(server.app, secrets_dir)
    with _serving(server):
        yield provider
        provider.reset()


@contextmanager
def _serving(server: BaseWSGIServer) -> Iterator[None]:
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.05))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

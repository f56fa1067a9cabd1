"""The identity provider, asked over HTTP: discovery, keys, token and userinfo, each within limits."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from backend.people.service import Profile
from backend.settings import GOOGLE, Client
from backend.sign_in import claims as policy
from backend.sign_in.attempts import Attempt
from backend.sign_in.places import Places
from backend.sign_in.refusals import Refused, Unreachable
from servicekit.settings import is_loopback

SCOPE = "openid email profile"
DEADLINE = 4.0  # seconds for all that is asked during one request of a person
STEP = 3.0  # seconds for one answer
LARGEST = 256 * 1024  # bytes of one answer
PAUSE = 1.0  # seconds before a provider that failed is asked again
KEEP = 3600.0  # seconds for which discovery and keys are trusted
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")

T = TypeVar("T")


class Provider:
    """One OpenID provider and us as its client (OpenID Connect Core 1.0, code flow with PKCE)."""

    def __init__(self, client: Client, places: int = 8) -> None:
        self._client = client
        self._places = Places(places)
        self._tls = ssl.create_default_context()
        self._http = httpx2.Client(transport=_Limited(verify=self._tls), timeout=STEP)
        self._workers = ThreadPoolExecutor(max_workers=places, thread_name_prefix="provider")
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._metadata_at = self._keys_at = self._asked_at = -KEEP
        self._keys = KeySet([])

    def authorization_url(self, attempt: Attempt, callback: str, *, again: bool = False) -> str:
        """Where to send the browser. Unreachable when the provider cannot be discovered.

        With `again` the provider is asked not to let its own session answer (OpenID Connect Core 1.0, section
        3.1.2.1); Google knows no `login` and lets the person choose the account.
        """
        prompt = "select_account" if self._client.issuer == GOOGLE else "login"
        more = {"prompt": prompt} if again else {}
        return self._within(lambda: self._authorization_url(attempt, callback, more))

    def redeem(self, code: str, issuer: str | None, attempt: Attempt, callback: str) -> Profile:
        """Exchange a code for the profile of a person. Refused, or Unreachable within five seconds.

        `issuer` is who sent the browser back, as the callback tells.
        """
        return self._within(lambda: self._redeem(code, issuer, attempt, callback))

    def _within(self, work: Callable[[], T]) -> T:
        ends_at = time.monotonic() + DEADLINE
        with self._places.taken(ends_at):
            task = self._workers.submit(work)
            try:
                return task.result(timeout=ends_at - time.monotonic())
            except (
                Late,
                httpx2.HTTPError,
                httpx2.InvalidURL,
                ValueError,
                KeyError,
                TypeError,
                AttributeError,
                RecursionError,  # JSON nested beyond all measure
            ) as error:
                task.cancel()
                raise Unreachable(type(error).__name__) from error

    def _authorization_url(self, attempt: Attempt, callback: str, more: dict[str, str]) -> str:
        endpoint = self._discover()["authorization_endpoint"]
        with self._session(callback) as session:
            url, _ = session.create_authorization_url(
                endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier, **more
            )
        return str(url)

    def _redeem(self, code: str, issuer: str | None, attempt: Attempt, callback: str) -> Profile:
        if not self._accepts(issuer):
            raise Refused("callback iss")
        answer = self._fetch_token(code, attempt, callback)
        told = self._verified(answer.get("id_token"))
        policy.check(told, self._client.issuer, self._client.client_id, attempt.nonce)
        if "email" not in told and "userinfo_endpoint" in self._discover():
            told = self._userinfo(str(answer["access_token"]), told["sub"]) | told
        return policy.profile(self._client.issuer, told)

    def _accepts(self, issuer: str | None) -> bool:
        """Whether the callback's `iss` (RFC 9207) is right; absent is right unless it is promised."""
        promised = self._discover().get("authorization_response_iss_parameter_supported") is True
        return issuer == self._client.issuer or (issuer is None and not promised)

    def _fetch_token(self, code: str, attempt: Attempt, callback: str) -> dict[str, Any]:
        with self._session(callback) as session:
            session.register_compliance_hook("access_token_response", _plain_answer)
            try:
                answer: dict[str, Any] = session.fetch_token(
                    self._inner(self._discover()["token_endpoint"]),
                    code=code,
                    code_verifier=attempt.verifier,
                    grant_type="authorization_code",
                )
            except AuthlibBaseError as error:
                raise Refused("token endpoint", str(error.error)[:40]) from None
        return answer

    def _verified(self, id_token: object) -> dict[str, Any]:
        if not isinstance(id_token, str) or not id_token:
            raise Refused("id_token missing")
        offered = self._discover().get("id_token_signing_alg_values_supported", ["RS256"])
        algorithms = [name for name in policy.ALGORITHMS if name in offered]
        return policy.verified(id_token, self._keys_for(id_token), algorithms)

    def _keys_for(self, id_token: str) -> KeySet:
        """The provider's keys, fetched again when they are old or lack the token's key."""
        kid = policy.key_id(id_token)
        known = any(key.kid == kid for key in self._keys) or (kid is None and bool(self._keys))
        if not known or time.monotonic() - self._keys_at >= KEEP:
            try:
                self._keys = KeySet.import_key_set({"keys": self._get(self._discover()["jwks_uri"])["keys"]})
            except JoseError as error:
                raise Unreachable(type(error).__name__) from None
            self._keys_at = time.monotonic()
        return self._keys

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        told = self._get(self._discover()["userinfo_endpoint"], {"Authorization": f"Bearer {access_token}"})
        if told.get("sub") != subject:
            raise Refused("userinfo sub")
        return told

    def _discover(self) -> dict[str, Any]:
        """The provider's metadata (OpenID Connect Discovery 1.0, section 4)."""
        with self._lock:
            if time.monotonic() - self._metadata_at >= KEEP:
                if time.monotonic() - self._asked_at < PAUSE:
                    raise Unreachable("failed a moment ago")
                try:
                    self._metadata = self._ask_metadata()
                finally:
                    self._asked_at = time.monotonic()
                self._metadata_at = self._asked_at
            return self._metadata

    def _ask_metadata(self) -> dict[str, Any]:
        issuer = self._client.issuer.rstrip("/")  # some end in a slash: not doubled here (section 4.1)
        told = self._get(f"{issuer}/.well-known/openid-configuration")
        _check_metadata(told, self._client.issuer)
        return told

    def _get(self, url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        answer = _plain_answer(self._http.get(self._inner(url), headers=headers))
        told = answer.json()
        if isinstance(told, dict):
            return told
        raise ValueError("not a JSON object")

    def _inner(self, url: str) -> str:
        """The address by which we reach what browsers reach at `url`."""
        inner, issuer = self._client.backchannel, self._client.issuer.rstrip("/")
        return inner.rstrip("/") + url.removeprefix(issuer) if inner and url.startswith(f"{issuer}/") else url

    def _session(self, callback: str) -> OAuth2Client:
        offered = self._discover().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
        return OAuth2Client(
            self._client.client_id,
            self._client.client_secret,
            scope=SCOPE,
            redirect_uri=callback,
            token_endpoint_auth_method=method,
            code_challenge_method="S256",
            transport=_Limited(verify=self._tls),
            timeout=STEP,
        )


def _check_metadata(told: dict[str, Any], issuer: str) -> None:
    if told.get("issuer") != issuer:
        raise ValueError("issuer differs from where it was discovered")
    schemes = {"https", "http"} if is_loopback(issuer) else {"https"}
    for name in ENDPOINTS:
        url = told.get(name)
        if url is None and name == "userinfo_endpoint":
            continue
        if not isinstance(url, str) or urlsplit(url).scheme not in schemes:
            raise ValueError(f"{name} is not an https address")


def _plain_answer(answer: httpx2.Response) -> httpx2.Response:
    """A 200 or an OAuth error (400, 401) in JSON; a redirect is never followed with a secret in hand."""
    if answer.status_code not in {200, 400, 401} or "json" not in answer.headers.get("content-type", ""):
        raise ValueError("not an answer of a provider")
    return answer


class _Limited(httpx2.HTTPTransport):
    """Ends answers that are too large or trickle for too long."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().handle_request(request)
        answer.stream = _LimitedStream(answer.stream)
        return answer


class _LimitedStream(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._ends_at = time.monotonic() + STEP

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST or time.monotonic() > self._ends_at:
                raise httpx2.ReadError("answer too large or too slow")
            yield chunk

    def close(self) -> None:
        self._stream.close()

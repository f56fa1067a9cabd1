"""The identity provider as a sign-in needs it: where to send the browser, and whom the provider vouches for."""

import time
from dataclasses import dataclass, field
from typing import Any

from authlib.common.errors import AuthlibBaseError
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from backend.people.service import Profile
from backend.settings import GOOGLE, Client
from backend.sign_in import claims as policy
from backend.sign_in.attempts import Attempt
from backend.sign_in.refusals import Refused, Unreachable
from backend.sign_in.upstream import KEEP, Upstream, plain_answer

SCOPE = "openid email profile"


@dataclass(frozen=True)
class Redeemed:
    """What a code was good for: a person, and the token endpoint's whole answer."""

    profile: Profile
    answer: dict[str, Any] = field(repr=False)


class Provider:
    """One OpenID provider and us as its client (OpenID Connect Core 1.0, code flow with PKCE)."""

    def __init__(self, client: Client, places: int = 8) -> None:
        self.upstream = Upstream(client, places)
        self._client = client
        self._keys_at = -KEEP
        self._keys = KeySet([])

    def authorization_url(self, attempt: Attempt, callback: str) -> str:
        """Where to send the browser. Unreachable when the provider cannot be discovered.

        Asked `again`, it shall not let its own session answer (OpenID Connect Core 1.0, section 3.1.2.1); Google
        knows no `login` and lets the person choose the account.
        """
        prompt = "select_account" if self._client.issuer == GOOGLE else "login"
        more = {"prompt": prompt} if attempt.again else {}
        return self.question(attempt, callback, SCOPE, more)

    def question(self, attempt: Attempt, callback: str, scope: str, more: dict[str, str]) -> str:
        """The address that asks a person for `scope`, with `more` parameters."""
        return self.upstream.within(lambda: self._question(attempt, callback, scope, more))

    def redeem(self, code: str, issuer: str | None, attempt: Attempt, callback: str) -> Redeemed:
        """Exchange a code for the profile of a person. Refused, or Unreachable within five seconds.

        `issuer` is who sent the browser back, as the callback tells.
        """
        return self.upstream.within(lambda: self._redeem(code, issuer, attempt, callback))

    def _question(self, attempt: Attempt, callback: str, scope: str, more: dict[str, str]) -> str:
        endpoint = self.upstream.discover()["authorization_endpoint"]
        with self.upstream.session(scope, callback) as session:
            url, _ = session.create_authorization_url(
                endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier, **more
            )
        return str(url)

    def _redeem(self, code: str, issuer: str | None, attempt: Attempt, callback: str) -> Redeemed:
        if not self._accepts(issuer):
            raise Refused("callback iss")
        answer = self._fetch_token(code, attempt, callback)
        told = self._verified(answer.get("id_token"))
        policy.check(told, self._client.issuer, self._client.client_id, attempt.nonce)
        if "email" not in told and "userinfo_endpoint" in self.upstream.discover():
            told = self._userinfo(str(answer["access_token"]), told["sub"]) | told
        return Redeemed(policy.profile(self._client.issuer, told), answer)

    def _accepts(self, issuer: str | None) -> bool:
        """Whether the callback's `iss` (RFC 9207) is right; absent is right unless it is promised."""
        promised = self.upstream.discover().get("authorization_response_iss_parameter_supported") is True
        return issuer == self._client.issuer or (issuer is None and not promised)

    def _fetch_token(self, code: str, attempt: Attempt, callback: str) -> dict[str, Any]:
        with self.upstream.session(SCOPE, callback) as session:
            session.register_compliance_hook("access_token_response", plain_answer)
            try:
                answer: dict[str, Any] = session.fetch_token(
                    self.upstream.inner(self.upstream.discover()["token_endpoint"]),
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
        offered = self.upstream.discover().get("id_token_signing_alg_values_supported", ["RS256"])
        algorithms = [name for name in policy.ALGORITHMS if name in offered]
        return policy.verified(id_token, self._keys_for(id_token), algorithms)

    def _keys_for(self, id_token: str) -> KeySet:
        """The provider's keys, fetched again when they are old or lack the token's key."""
        kid = policy.key_id(id_token)
        known = any(key.kid == kid for key in self._keys) or (kid is None and bool(self._keys))
        if not known or time.monotonic() - self._keys_at >= KEEP:
            try:
                told = self.upstream.get(self.upstream.discover()["jwks_uri"])
                self._keys = KeySet.import_key_set({"keys": told["keys"]})
            except JoseError as error:
                raise Unreachable(type(error).__name__) from None
            self._keys_at = time.monotonic()
        return self._keys

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        bearer = {"Authorization": f"Bearer {access_token}"}
        told = self.upstream.get(self.upstream.discover()["userinfo_endpoint"], bearer)
        if told.get("sub") != subject:
            raise Refused("userinfo sub")
        return told

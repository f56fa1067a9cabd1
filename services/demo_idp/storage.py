"""What the provider remembers, in memory only: codes for a minute, tokens until they expire."""

import threading
import time
from dataclasses import dataclass, field, replace

from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oidc.core import AuthorizationCodeMixin

from demo_idp.accounts import RESOURCES, Account

CODE_LIFETIME = 60
ACCESS_TOKEN_LIFETIME = 3600
REFRESH_TOKEN_LIFETIME = 30 * 24 * 3600


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    """An authorization code and all that it is bound to (RFC 6749, section 4.1.2; RFC 7636)."""

    value: str
    account: Account
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    offline: bool
    issued_at: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.issued_at


@dataclass(frozen=True)
class Token(TokenMixin):
    """An access or refresh token. `family` is the code it descends from: a family is revoked together."""

    value: str
    account: Account
    client_id: str
    scope: str
    family: str
    expires_at: float
    refreshes: bool = False
    used_up: bool = False

    def check_client(self, client: ClientMixin) -> bool:
        return bool(client.get_client_id() == self.client_id)

    def get_scope(self) -> str:
        return self.scope

    def get_expires_in(self) -> int:
        return int(self.expires_at - time.time())

    def is_expired(self) -> bool:
        return time.time() >= self.expires_at

    def is_revoked(self) -> bool:
        return False  # a revoked token is forgotten

    def get_user(self) -> Account:
        return self.account


class Storage:
    """Codes and tokens, safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._codes: dict[str, Code] = {}
        self._tokens: dict[str, Token] = {}
        self._granted: dict[str, set[str]] = {}

    def grant(self, account: Account, scopes: list[str], *, incremental: bool) -> str:
        """What a code is for: `scopes`, and what the person granted before if it is `incremental`, as Google does."""
        with self._lock:
            before = self._granted.setdefault(account.key, set())
            more = sorted(before - set(scopes)) if incremental else []
            before |= set(scopes) & set(RESOURCES)
        return " ".join([*scopes, *more])

    def add_code(self, code: Code) -> None:
        with self._lock:
            self._forget_expired()
            self._codes[code.value] = code

    def take_code(self, value: str, client_id: str) -> Code | None:
        """The code, once. Coming again, it takes back what was issued for it (RFC 6749, section 4.1.2)."""
        with self._lock:
            code = self._codes.pop(value, None)
            if code is None:
                self._forget_family(value)
                return None
        fresh = time.time() < code.issued_at + CODE_LIFETIME
        return code if fresh and code.client_id == client_id else None

    def add_token(self, token: Token) -> None:
        with self._lock:
            self._tokens[token.value] = token

    def find_token(self, value: str) -> Token | None:
        """The token; one that was used up is a stolen one: its whole family goes (RFC 9700, section 4.14.2)."""
        token = self._tokens.get(value)
        if token and token.used_up:
            with self._lock:
                self._forget_family(token.family)
            return None
        return token

    def use_up(self, token: Token) -> None:
        with self._lock:
            self._tokens[token.value] = replace(token, used_up=True)

    def revoke(self, token: Token) -> None:
        with self._lock:
            self._forget_family(token.family)
            self._granted.pop(token.account.key, None)

    def _forget_family(self, family: str) -> None:
        self._tokens = {value: token for value, token in self._tokens.items() if token.family != family}

    def _forget_expired(self) -> None:
        now = time.time()
        self._codes = {v: code for v, code in self._codes.items() if now < code.issued_at + CODE_LIFETIME}
        self._tokens = {v: token for v, token in self._tokens.items() if now < token.expires_at}

"""A person's browser, as far as signing in goes: it keeps cookies and follows one step at a time."""

from collections.abc import Iterable
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import httpx2

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SESSION = "__Host-session"


class Browser:
    """Cookies by hand: browsers keep `Secure` ones on loopback, httpx2's jar does not."""

    def __init__(self, http: httpx2.Client, address: str) -> None:
        self._http = http
        self.address = address
        self.cookies: dict[str, str] = {}

    def get(self, url: str, headers: dict[str, str] | None = None) -> httpx2.Response:
        """One request; cookies go to the platform only, redirects are for the caller to follow."""
        own = url.startswith(("/", f"{self.address}/"))
        cookie = (
            {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if own and self.cookies else {}
        )
        answer = self._http.get(
            self.address + url if url.startswith("/") else url,
            headers={"Accept": ACCEPT} | cookie | (headers or {}),
        )
        self._keep(answer)
        return answer

    def call(self, method: str, path: str, json: object = None) -> httpx2.Response:
        """What the gateway makes of a request to the backend's API: the session becomes an identity token."""
        bearer = {"Authorization": f"Bearer {self.identity_token('backend')}"}
        return self._http.request(method, self.address + path, json=json, headers=bearer)

    def identity_token(self, audience: str) -> str:
        """What the gateway would send to a service."""
        answer = self.get("/internal/authorize", {"X-Audience": audience})
        assert answer.status_code == 200, answer.text
        return str(answer.headers["X-Identity-Token"])

    def begin(self, next_path: str | None = None, *, again: bool = False) -> str:
        """Press "sign in": the provider's address, with the question to it."""
        told = ({} if next_path is None else {"next": next_path}) | ({"again": "yes"} if again else {})
        answer = self.get(f"/auth/login?{httpx2.QueryParams(told)}")
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def choose(self, provider_url: str, account: str = "mar", grant: Iterable[str] = ()) -> str:
        """Choose a person at the provider, and tick what is granted: the callback's address."""
        answer = self._http.post(provider_url, data={"account": account, "grant": list(grant)})
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def sign_in(self, account: str = "mar", next_path: str | None = None) -> httpx2.Response:
        """The whole way; the callback's answer."""
        return self.get(self.choose(self.begin(next_path), account))

    def copy(self) -> "Browser":
        """The same browser in another thread."""
        twin = Browser(self._http, self.address)
        twin.cookies = dict(self.cookies)
        return twin

    def _keep(self, answer: httpx2.Response) -> None:
        for line in answer.headers.get_list("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


def question(provider_url: str) -> dict[str, str]:
    """What the platform asks the provider, each parameter once."""
    parameters = parse_qs(urlsplit(provider_url).query, keep_blank_values=True, strict_parsing=True)
    assert all(len(values) == 1 for values in parameters.values())
    return {name: values[0] for name, values in parameters.items()}

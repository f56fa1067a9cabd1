"""Whoever asks for an access token and gets none: other services, other people, and those without a proof."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from backend.context import build
from tests.google.conftest import NewMember
from tests.google.people import Member, Service
from tests.sign_in.backend import Backend
from tests.sign_in.browser import Browser


def test_another_persons_is_never_given(new_member: NewMember, agenda: Service) -> None:
    mar, eve = new_member().connected(), new_member()
    given = agenda.token_for(mar).json()["access_token"]
    answer = agenda.token_for(eve)
    assert answer.status_code == 409
    eve.connected()
    assert agenda.token_for(eve).json()["access_token"] != given


def test_a_service_gets_what_the_policy_says(
    member: Member, agenda: Service, http: httpx2.Client, backend: Backend, secrets_dir: Path
) -> None:
    member.connected("calendar.readonly", "tasks.readonly", "drive.file")
    documents = Service(http, backend, secrets_dir, "documents")
    assert agenda.token_for(member, "tasks.readonly").status_code == 403
    assert agenda.token_for(member, "calendar.readonly drive.file").status_code == 403
    assert documents.token_for(member, "calendar.readonly").status_code == 403
    assert agenda.token_for(member, "no.such").status_code == 403
    assert agenda.token_for(member, "").status_code == 400


def test_what_is_not_connected_is_told(member: Member, errands: Service) -> None:
    member.connected("calendar.readonly")
    answer = errands.token_for(member, "calendar.readonly tasks.readonly")
    assert answer.status_code == 409
    assert "tasks.readonly" in answer.json()["detail"]
    assert answer.json()["connect"] == "/app/account"


def test_a_visitor_and_an_identity_for_another_service_get_nothing(
    member: Member, agenda: Service, http: httpx2.Client, backend: Backend
) -> None:
    member.connected()
    asked = {"X-Audience": "agenda", "X-Visitors": "yes"}
    decided = http.get(f"{backend.address}/internal/authorize", headers=asked)
    tokens = [
        decided.headers["X-Identity-Token"],
        member.browser.identity_token("errands"),
        member.browser.identity_token("backend"),
        "",
        "x",
        "x" * 10_000,
    ]
    assert [agenda.send(agenda.form(token)).status_code for token in tokens] == [401] * len(tokens)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"exp": -10}, 401),
        ({"iat": 600}, 401),
        ({"iss": "https://evil.example"}, 401),
        ({"aud": ["agenda"]}, 401),
        ({"sid": "00000000-0000-7000-8000-000000000000"}, 401),
        ({"sid": None}, 401),
        ({"sub": "00000000-0000-7000-8000-000000000000"}, 401),
    ],
)
def test_an_identity_token_is_checked_whole(
    backend: Backend, member: Member, agenda: Service, changes: dict[str, Any], status: int
) -> None:
    """Signed with the backend's own key: only what it says is wrong."""
    member.connected()
    parts = build(backend.settings)
    key = parts.keys.signing()
    parts.database.engine.dispose()
    honest = jwt.decode(member.browser.identity_token("agenda"), key, algorithms=["ES256"])
    moment = int(time.time())
    altered = {k: moment + v if isinstance(v, int) else v for k, v in changes.items()}
    claims = {k: v for k, v in (honest.claims | altered).items() if v is not None}
    token = jwt.encode(honest.header, claims, key, algorithms=["ES256"])
    assert agenda.send(agenda.form(token)).status_code == status


def test_who_has_signed_out_or_is_suspended_gets_nothing_more(
    backend: Backend, new_member: NewMember, agenda: Service
) -> None:
    """The identity token would still be good for a minute."""
    leaves, suspended, waits = (new_member().connected() for _ in range(3))
    forms = [agenda.form(m.browser.identity_token("agenda")) for m in (leaves, suspended, waits)]
    leaves.browser.call("DELETE", "/api/account/sessions")
    backend.change("UPDATE users SET status = 'suspended' WHERE id = ?", suspended.id)
    backend.change("UPDATE users SET status = 'pending' WHERE id = ?", waits.id)
    assert [agenda.send(form).status_code for form in forms] == [401, 401, 403]


def test_a_program_with_an_access_token_is_served_and_not_after_it_is_revoked(
    backend: Backend, member: Member, agenda: Service, http: httpx2.Client
) -> None:
    member.connected()
    draft = {"name": "x", "permissions": ["documents:read"]}
    made = member.browser.call("POST", "/api/account/tokens", draft).json()
    headers = {"X-Audience": "agenda", "Authorization": f"Bearer {made['token']}"}
    decided = http.get(f"{backend.address}/internal/authorize", headers=headers)
    first, second = (agenda.form(decided.headers["X-Identity-Token"]) for _ in range(2))
    assert agenda.send(first).status_code == 200
    member.browser.call("DELETE", f"/api/account/tokens/{made['id']}")
    assert agenda.send(second).status_code == 401


def test_an_assertion_counts_once_however_many_send_it(member: Member, agenda: Service) -> None:
    member.connected()
    form = agenda.form(member.browser.identity_token("agenda"))
    with ThreadPoolExecutor(20) as pool:
        statuses = [a.status_code for a in pool.map(agenda.send, [form] * 20)]
    assert sorted(statuses) == [200] + [401] * 19


Forge = Callable[[dict[str, Any], dict[str, Any], Service, Service], str]


def forged(header: dict[str, Any] | None = None, **changes: Any) -> Forge:
    """Signed with the right key; what it says is not right. A number is an offset from now."""

    def forge(told: dict[str, Any], claims: dict[str, Any], agenda: Service, errands: Service) -> str:
        moment = int(time.time())
        altered = {k: moment + v if isinstance(v, int) else v for k, v in changes.items()}
        said = {k: v for k, v in (claims | altered).items() if v is not None}
        return jwt.encode(told | (header or {}), said, agenda.key.key, algorithms=["ES256"])

    return forge


def by_another_service(
    told: dict[str, Any], claims: dict[str, Any], agenda: Service, errands: Service
) -> str:
    return jwt.encode(told, claims, errands.key.key, algorithms=["ES256"])


def by_nobody(told: dict[str, Any], claims: dict[str, Any], agenda: Service, errands: Service) -> str:
    stranger = ECKey.generate_key("P-256")
    embedded = {"jwk": stranger.as_dict(private=False)}
    return jwt.encode(told | embedded, claims, stranger, algorithms=["ES256"])


def unsigned(told: dict[str, Any], claims: dict[str, Any], agenda: Service, errands: Service) -> str:
    _, body, _ = forged({"alg": "ES256"})(told, claims, agenda, errands).split(".")
    return f"eyJhbGciOiJub25lIiwidHlwIjoiY2xpZW50LWF1dGhlbnRpY2F0aW9uK2p3dCJ9.{body}."


FORGERIES: dict[str, Forge] = {
    "by another service": by_another_service,
    "by nobody, with its own key inside": by_nobody,
    "not signed": unsigned,
    "of another type": forged({"typ": "JWT"}),
    "critical": forged({"crit": ["b64"], "b64": True}),
    "for another audience": forged(aud="https://other.example"),
    "for several audiences": forged(aud=["http://localhost", "https://other.example"]),
    "without audience": forged(aud=None),
    "for another subject": forged(sub="errands"),
    "by another issuer": forged(iss="errands"),
    "for nobody that is known": forged(sub="nobody", iss="nobody"),
    "over": forged(exp=-10),
    "without end": forged(exp=None),
    "good for a day": forged(exp=86_400),
    "not yet": forged(nbf=60),
    "from the future": forged(iat=60),
    "without a beginning": forged(iat=None),
    "without jti": forged(jti=None),
    "with a jti that is a list": forged(jti=["x" * 20]),
    "a time in words": forged(exp="tomorrow"),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_assertion_is_refused(
    member: Member, agenda: Service, errands: Service, forge: Forge
) -> None:
    member.connected()
    form = agenda.form(member.browser.identity_token("agenda"))
    honest = jwt.decode(form["client_assertion"], agenda.key.key, algorithms=["ES256"])
    form["client_assertion"] = forge(honest.header, honest.claims, agenda, errands)
    answer = agenda.send(form)
    assert answer.status_code == 401
    assert "did not prove" in answer.json()["detail"]


@pytest.mark.parametrize(
    "changes",
    [
        {"client_assertion": ""},
        {"client_assertion": "x.y.z"},
        {"client_assertion": "x" * 10_000},
        {"client_assertion_type": ""},
        {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"},
    ],
)
def test_without_an_assertion_there_is_nothing(
    member: Member, agenda: Service, changes: dict[str, str]
) -> None:
    member.connected()
    form = agenda.form(member.browser.identity_token("agenda"))
    assert agenda.send(form | changes).status_code == 401


def test_a_parameter_twice_is_refused(
    member: Member, agenda: Service, http: httpx2.Client, backend: Backend
) -> None:
    member.connected()
    form: dict[str, Any] = agenda.form(member.browser.identity_token("agenda"))
    form["scope"] = ["calendar.readonly", "tasks.readonly"]
    assert http.post(f"{backend.address}/internal/google-token", data=form).status_code == 400


def test_a_cookie_is_no_proof(member: Member, backend: Backend, http: httpx2.Client) -> None:
    member.connected()
    browser: Browser = member.browser
    headers = {"Authorization": f"Bearer {browser.identity_token('agenda')}"}
    answer = http.post(f"{backend.address}/internal/google-token", headers=headers, data={"scope": "x"})
    assert answer.status_code == 401

"""What the provider does not do, and how it says so."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from demo_idp.app import create_app
from demo_idp.settings import DemoSettings
from demo_idp.tests.relying_party import CHALLENGE, ISSUER, SECRET, VERIFIER, RelyingParty, parameters

HOSTILE_ADDRESSES = [
    None,
    "",
    "https://evil.example/auth/callback",
    "http://localhost:8080/auth/callback/",
    "http://localhost:8080/auth/callback?x=1",
    "http://localhost:8080/auth/callback#x",
    "http://LOCALHOST:8080/auth/callback",
    "http://localhost:8080@evil.example/auth/callback",
    'http://localhost:8080/auth/callback"><script>alert(1)</script>',
    "http://localhost:8080/auth/callback\\",
    "http://localhost:8080/auth/callback\r\nSet-Cookie: a=b",
    "http://[::1/auth/callback",
    "javascript:alert(1)",
    "é\x00",
    ["http://localhost:8080/auth/callback", "http://localhost:8080/auth/callback"],
]


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_a_wrong_redirect_uri_gets_a_page_and_no_redirect(party: RelyingParty, address: Any) -> None:
    for answer in (party.open(redirect_uri=address), party.choose("ada", redirect_uri=address)):
        _is_refusal_page(answer)


@pytest.mark.parametrize("client_id", [None, "", "someone-else", 'x"\\', "é", ["zaguan-demo", "zaguan-demo"]])
def test_an_unknown_client_gets_a_page_and_no_redirect(party: RelyingParty, client_id: Any) -> None:
    for answer in (party.open(client_id=client_id), party.choose("ada", client_id=client_id)):
        _is_refusal_page(answer)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"code_challenge": "too-short"}, "invalid_request"),
        ({"code_challenge": [CHALLENGE, CHALLENGE]}, "invalid_request"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": 'x"\\é'}, "unsupported_response_type"),
        ({"state": ["one", "two"]}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_wrong_question_is_told_to_the_client(
    party: RelyingParty, changes: dict[str, Any], error: str
) -> None:
    for answer in (party.open(**changes), party.choose("ada", **changes)):
        told = parameters(answer)
        assert told["error"] == error
        assert told["iss"] == ISSUER
        assert "code" not in told


def test_a_code_works_once_and_takes_its_tokens_back(party: RelyingParty) -> None:
    code = party.code(access_type="offline")
    tokens = party.redeem(code).get_json()

    assert party.redeem(code).get_json()["error"] == "invalid_grant"

    assert party.userinfo(tokens["access_token"]).status_code == 401
    assert party.refresh(tokens["refresh_token"]).status_code == 400


def test_of_twenty_who_redeem_a_code_at_once_one_succeeds(settings: DemoSettings) -> None:
    app = create_app(settings)
    code = RelyingParty(app).code()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: RelyingParty(app).redeem(code).status_code, range(20)))

    assert sorted(answers) == [200] + [400] * 19


def test_a_code_lives_for_a_minute(party: RelyingParty, monkeypatch: pytest.MonkeyPatch) -> None:
    code = party.code()
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)

    assert party.redeem(code).get_json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "unknown"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"code_verifier": None}, "invalid_request"),
        ({"code_verifier": VERIFIER + "x"}, "invalid_grant"),
        ({"code_verifier": CHALLENGE}, "invalid_grant"),
        ({"redirect_uri": "http://localhost:8080/other"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_grant"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_secret": None}, "invalid_client"),
        ({"client_id": "someone-else"}, "invalid_client"),
        ({"client_id": None, "client_secret": None}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": 'x"\\é'}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
    ],
)
def test_a_code_is_bound_to_all_it_was_asked_with(
    party: RelyingParty, changes: dict[str, Any], error: str
) -> None:
    answer = party.redeem(**({"code": party.code()} | changes))

    assert answer.status_code in {400, 401}
    assert answer.get_json()["error"] == error


@pytest.mark.parametrize(
    "authorization", ["Basic", "Basic ", "Basic !", "Basic /w==", "Basic Og==", "Basic eA==", "Bearer x"]
)
def test_an_undecodable_client_authentication_is_refused(party: RelyingParty, authorization: str) -> None:
    answer = party.http.post(
        "/demo-idp/token",
        data={"grant_type": "authorization_code", "code": party.code(), "code_verifier": VERIFIER},
        headers={"Authorization": authorization},
    )

    assert answer.status_code == 401
    assert answer.get_json()["error"] == "invalid_client"
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_refreshing_needs_the_client_and_its_refresh_token(party: RelyingParty) -> None:
    tokens = party.redeem(party.code(access_type="offline")).get_json()

    assert party.refresh(tokens["refresh_token"], client_secret="wrong").status_code == 401
    assert party.refresh(tokens["access_token"]).get_json()["error"] == "invalid_grant"
    assert party.refresh("unknown").get_json()["error"] == "invalid_grant"
    more = party.refresh(tokens["refresh_token"], scope="openid email profile offline_access")
    assert more.get_json()["error"] == "invalid_scope"


def test_only_the_client_revokes(party: RelyingParty) -> None:
    tokens = party.redeem(party.code()).get_json()

    assert party.revoke(tokens["access_token"], client_secret="wrong").status_code == 401
    assert party.userinfo(tokens["access_token"]).status_code == 200


def test_revoking_what_is_unknown_is_well(party: RelyingParty) -> None:
    assert party.revoke("unknown").status_code == 200  # RFC 7009, section 2.2


def test_userinfo_wants_an_access_token(party: RelyingParty) -> None:
    tokens = party.redeem(party.code(access_type="offline")).get_json()

    for wrong in ("unknown", tokens["refresh_token"], tokens["id_token"]):
        answer = party.userinfo(wrong)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert party.http.get("/demo-idp/userinfo").status_code == 401


def test_an_access_token_lives_for_an_hour(party: RelyingParty, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = party.redeem(party.code()).get_json()
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)

    assert party.userinfo(tokens["access_token"]).status_code == 401


def test_the_secret_is_not_read_from_the_address(party: RelyingParty) -> None:
    answer = party.http.post(
        "/demo-idp/token",
        query_string={"client_id": "zaguan-demo", "client_secret": SECRET},
        data={"grant_type": "authorization_code", "code": party.code(), "code_verifier": VERIFIER},
    )

    assert answer.status_code == 401


def test_a_body_beyond_all_measure_is_not_read(party: RelyingParty) -> None:
    assert party.redeem("x" * 100_000).status_code == 413


@pytest.mark.parametrize("path", ["/", "/authorize", "/demo-idp", "/demo-idp/", "/demo-idp/unknown"])
def test_there_is_nothing_elsewhere(party: RelyingParty, path: str) -> None:
    assert party.http.get(path).status_code == 404


def _is_refusal_page(answer: Any) -> None:
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    assert "Location" not in answer.headers
    assert "start signing in again" in answer.text
    assert "<script>" not in answer.text

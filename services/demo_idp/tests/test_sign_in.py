"""The code flow when everybody behaves."""

import base64
import hashlib
import time

import pytest

from demo_idp.tests.relying_party import CALLBACK, ISSUER, SECRET, RelyingParty, parameters


def test_discovery_names_every_endpoint_under_the_issuer(party: RelyingParty) -> None:
    metadata = party.http.get("/demo-idp/.well-known/openid-configuration").get_json()

    assert metadata["issuer"] == ISSUER
    assert {k: v for k, v in metadata.items() if k.endswith(("_endpoint", "_uri"))} == {
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "userinfo_endpoint": f"{ISSUER}/userinfo",
        "revocation_endpoint": f"{ISSUER}/revoke",
        "jwks_uri": f"{ISSUER}/jwks",
    }
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    assert metadata["authorization_response_iss_parameter_supported"] is True


def test_the_published_key_is_public_only(party: RelyingParty) -> None:
    (key,) = party.http.get("/demo-idp/jwks").get_json()["keys"]

    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}


def test_the_client_gets_code_state_and_issuer(party: RelyingParty) -> None:
    told = parameters(party.choose("mar"))

    assert set(told) == {"code", "state", "iss"}
    assert told["state"] == "the state"
    assert told["iss"] == ISSUER


@pytest.mark.parametrize(
    ("account", "claims"),
    [
        ("ada", {"email": "ada@demo.example", "email_verified": True, "hd": "demo.example", "locale": "en"}),
        ("mar", {"email": "mar@demo.example", "email_verified": True, "hd": "demo.example", "locale": "es"}),
        ("pau", {"email": "pau@elsewhere.example", "email_verified": True, "locale": "es"}),
        ("eva", {"email": "eva@demo.example", "email_verified": False, "locale": "en"}),
    ],
)
def test_the_id_token_tells_who_it_is(party: RelyingParty, account: str, claims: dict[str, object]) -> None:
    tokens = party.redeem(party.code(account)).get_json()
    id_token = party.decode(tokens["id_token"])

    told = dict(id_token.claims)
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert told.pop("at_hash") == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    assert told.pop("name").lower().startswith(account)
    assert told.pop("exp") - told.pop("iat") == 3600
    assert told.pop("auth_time") == pytest.approx(time.time(), abs=30)
    assert told == claims | {
        "iss": ISSUER,
        "aud": "zaguan-demo",
        "azp": "zaguan-demo",
        "sub": f"demo-{account}",
        "nonce": "the nonce",
    }
    assert id_token.header["alg"] == "RS256"
    assert id_token.header["kid"]


def test_only_the_claims_of_the_granted_scopes_are_told(party: RelyingParty) -> None:
    tokens = party.redeem(party.code("ada", scope="openid unheard-of")).get_json()

    assert tokens["scope"] == "openid"
    assert {"email", "name", "hd"}.isdisjoint(party.decode(tokens["id_token"]).claims)


def test_userinfo_is_the_same_person(party: RelyingParty) -> None:
    tokens = party.redeem(party.code("eva")).get_json()
    info = party.userinfo(tokens["access_token"]).get_json()

    assert info["sub"] == party.decode(tokens["id_token"]).claims["sub"] == "demo-eva"
    assert info["email_verified"] is False


def test_the_client_may_authenticate_in_the_header(party: RelyingParty) -> None:
    assert party.redeem(party.code(), auth=("zaguan-demo", SECRET)).status_code == 200


@pytest.mark.parametrize("asked", [{"access_type": "offline"}, {"scope": "openid offline_access"}])
def test_a_refresh_token_comes_when_offline_access_is_asked_for(
    party: RelyingParty, asked: dict[str, str]
) -> None:
    tokens = party.redeem(party.code(**asked)).get_json()
    fresh = party.refresh(tokens["refresh_token"]).get_json()

    assert fresh["access_token"] != tokens["access_token"]
    assert party.userinfo(fresh["access_token"]).get_json()["sub"] == "demo-mar"
    assert party.refresh(tokens["refresh_token"]).status_code == 200


def test_no_refresh_token_comes_otherwise(party: RelyingParty) -> None:
    assert "refresh_token" not in party.redeem(party.code()).get_json()


@pytest.mark.parametrize("revoked", ["access_token", "refresh_token"])
def test_revocation_ends_all_that_came_of_one_sign_in(party: RelyingParty, revoked: str) -> None:
    tokens = party.redeem(party.code(access_type="offline")).get_json()
    others = party.redeem(party.code(access_type="offline")).get_json()

    assert party.revoke(tokens[revoked]).status_code == 200

    assert party.userinfo(tokens["access_token"]).status_code == 401
    assert party.refresh(tokens["refresh_token"]).get_json()["error"] == "invalid_grant"
    assert party.userinfo(others["access_token"]).status_code == 200


def test_cancelling_is_told_to_the_client(party: RelyingParty) -> None:
    told = parameters(party.choose(""))

    assert {name: told[name] for name in ("error", "state", "iss")} == {
        "error": "access_denied",
        "state": "the state",
        "iss": ISSUER,
    }


def test_state_and_nonce_come_back_as_they_were(party: RelyingParty) -> None:
    odd = "a b&c=d+é%00\"'<>"
    told = parameters(party.choose("mar", state=odd, nonce=odd))

    assert told["state"] == odd
    id_token = party.redeem(told["code"]).get_json()["id_token"]
    assert party.decode(id_token).claims["nonce"] == odd


def test_the_answer_goes_to_the_registered_address(party: RelyingParty) -> None:
    assert party.choose("mar").location.startswith(f"{CALLBACK}?")

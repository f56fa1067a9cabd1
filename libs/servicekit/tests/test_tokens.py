"""Which identity tokens are believed: only those that are exactly right (RFC 8725)."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from servicekit.identity import MAX_TOKEN, InvalidToken, Keys, Verifier
from servicekit.testing import Issuer

SUBJECT = "01920000-0000-7000-8000-000000000001"
Forge = Callable[[Issuer], str]


@pytest.fixture(scope="module")
def verifier(issuer: Issuer) -> Verifier:
    return Verifier(issuer.url, "house", issuer.keys())


def part(content: Any) -> str:
    """A part of a token, as JSON or as it is."""
    wire = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(wire).decode().rstrip("=")


def signed(issuer: Issuer, header: dict[str, Any], payload: Any = None) -> str:
    """Signed with the right key, whatever the header and the payload say."""
    payload = issuer.claims("house", SUBJECT) if payload is None else payload
    content = f"{part({'kid': issuer.key.kid, 'typ': 'JWT', 'alg': 'ES256'} | header)}.{part(payload)}"
    signature = jws.JWSRegistry.algorithms["ES256"].sign(content.encode(), issuer.key)
    return f"{content}.{part(signature)}"


def hmac_with_the_public_key(issuer: Issuer) -> str:
    header = {"alg": "HS256", "typ": "JWT", "kid": issuer.key.kid}
    content = f"{part(header)}.{part(issuer.claims('house', SUBJECT))}"
    signature = hmac.digest(issuer.key.as_pem(private=False), content.encode(), "sha256")
    return f"{content}.{part(signature)}"


def by_another_key(issuer: Issuer, **header: Any) -> str:
    key = ECKey.generate_key("P-256")
    told = {"alg": "ES256", "typ": "JWT", "kid": issuer.key.kid} | header
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    content = json.dumps(issuer.claims("house", SUBJECT))
    return jws.serialize_compact(told, content, key, registry=registry)


def embedded(issuer: Issuer) -> str:
    return by_another_key(issuer, jwk=ECKey.generate_key("P-256").as_dict(private=False))


def rsa(issuer: Issuer) -> str:
    header = {"alg": "RS256", "typ": "JWT", "kid": issuer.key.kid}
    return jwt.encode(
        header, issuer.claims("house", SUBJECT), RSAKey.generate_key(2048), algorithms=["RS256"]
    )


def unsigned(alg: str) -> Forge:
    def forge(issuer: Issuer) -> str:
        header = part({"alg": alg, "typ": "JWT", "kid": issuer.key.kid})
        return f"{header}.{part(issuer.claims('house', SUBJECT))}."

    return forge


def with_header(**header: Any) -> Forge:
    return lambda issuer: signed(issuer, header)


def with_claims(**changes: Any) -> Forge:
    return lambda issuer: issuer.token("house", SUBJECT, **changes)


def tampered(issuer: Issuer) -> str:
    head, _, signature = issuer.token("house", SUBJECT).split(".")
    return f"{head}.{part(issuer.claims('house', SUBJECT, scope='everything'))}.{signature}"


NOW = int(time.time())
MISSHAPEN: tuple[object, ...] = ([], {}, ["x"], {"x": "y"}, False)
FORGERIES: dict[str, Forge] = {
    **{f"alg {alg}": unsigned(alg) for alg in ("none", "None", "NONE", "nOnE", "", "ES256")},
    "HS256 with the public key": hmac_with_the_public_key,
    "RS256": rsa,
    "another key": by_another_key,
    "embedded key": embedded,
    "jku": lambda issuer: by_another_key(issuer, jku="http://127.0.0.1:1/keys"),
    "x5u": lambda issuer: by_another_key(issuer, x5u="http://127.0.0.1:1/certificate"),
    "tampered": tampered,
    "alg is a list": with_header(alg=["ES256"]),
    "alg is null": with_header(alg=None),
    "another curve's alg": with_header(alg="ES384"),
    "unknown crit": with_header(crit=["exp"], exp=NOW + 60),
    "crit b64": with_header(crit=["b64"], b64=False),
    "empty crit": with_header(crit=[]),
    "no kid": with_header(kid=None),
    "unknown kid": with_header(kid="unknown"),
    "kid is a list": with_header(kid=["a"]),
    "kid is a path": with_header(kid="../../../dev/null"),
    "typ at+jwt": with_header(typ="at+jwt"),
    "typ missing": with_header(typ=None),
    "payload is a list": lambda issuer: signed(issuer, {}, []),
    "payload is a number": lambda issuer: signed(issuer, {}, 1),
    "payload is no JSON": lambda issuer: signed(issuer, {}, b"\xff{"),
    "payload is deep": lambda issuer: signed(issuer, {}, b"[" * 2000),
    **{f"no {claim}": with_claims(**{claim: None}) for claim in ("iss", "sub", "aud", "iat", "exp", "jti")},
    **{f"empty {claim}": with_claims(**{claim: ""}) for claim in ("iss", "sub", "aud", "jti")},
    **{
        f"{claim} is {value!r}": with_claims(**{claim: value})
        for claim in ("iss", "sub", "aud", "iat", "exp", "jti", "nbf")
        for value in MISSHAPEN
    },
    "sub is a number": with_claims(sub=5),
    "sub is true": with_claims(sub=True),
    "scope is a list": with_claims(scope=["a"]),
    "another issuer": with_claims(iss="http://localhost:8081"),
    "an issuer with a slash": with_claims(iss="http://localhost:8080/"),
    "another audience": with_claims(aud="ai"),
    "the audience in a list": with_claims(aud=["house"]),
    "two audiences": with_claims(aud=["house", "ai"]),
    "the audience in capitals": with_claims(aud="HOUSE"),
    "expired": with_claims(iat=NOW - 100, exp=NOW - 40),
    "issued in the future": with_claims(iat=NOW + 3600, exp=NOW + 3660),
    "not yet": with_claims(nbf=NOW + 3600),
    "exp is true": with_claims(exp=True),
    "oversize": with_claims(more="x" * MAX_TOKEN),
    "empty": lambda _: "",
    "one part": lambda _: "x",
    "two parts": lambda issuer: issuer.token("house", SUBJECT).rpartition(".")[0],
    "four parts": lambda issuer: issuer.token("house", SUBJECT) + ".x",
    "five parts": lambda _: "a.b.c.d.e",
    "header is deep": lambda _: f"{part(b'[' * 2900)}.x.x",
    "header is a list": lambda _: f"{part([])}.{part({})}.x",
    "header is a number": lambda _: f"{part(1)}.{part({})}.x",
    "not ASCII": lambda _: "ñ.ñ.ñ",
    "a lone surrogate": lambda _: "\ud800.a.b",
}


def test_a_right_token_says_who_asks(verifier: Verifier, issuer: Issuer) -> None:
    token = issuer.token("house", SUBJECT, "a:read b:write", sid="s-1", act={"sub": "ai"})
    identity = verifier.verify(token)
    assert (identity.subject, set(identity.scope)) == (SUBJECT, {"a:read", "b:write"})
    assert (identity.session, identity.actor, identity.is_visitor) == ("s-1", "ai", False)
    assert identity.may("a:read")
    assert not identity.may("a")


def test_a_visitor_is_one(verifier: Verifier, issuer: Issuer) -> None:
    assert verifier.verify(issuer.token("house", "visitor:x")).is_visitor


@pytest.mark.parametrize(("issued", "over"), [(-3, -3), (3, -3), (58, 118)])
def test_clocks_may_differ_a_little(verifier: Verifier, issuer: Issuer, issued: int, over: int) -> None:
    moment = int(time.time())
    token = issuer.token("house", SUBJECT, iat=moment + issued, exp=moment + over)
    assert verifier.verify(token).subject == SUBJECT


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_any_other_token_is_refused(verifier: Verifier, issuer: Issuer, forge: Forge) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(forge(issuer))


def test_the_forgeries_are_refused_for_what_is_wrong_with_them(verifier: Verifier, issuer: Issuer) -> None:
    assert verifier.verify(signed(issuer, {})).subject == SUBJECT


def test_tokens_cannot_make_us_fetch_anything_but_our_keys(issuer: Issuer) -> None:
    fetched = []

    def fetch() -> Any:
        fetched.append("keys")
        return KeySet([issuer.key]).as_dict(private=False)

    verifier = Verifier(issuer.url, "house", Keys(fetch))
    for forge in FORGERIES.values():
        with pytest.raises(InvalidToken):
            verifier.verify(forge(issuer))
    assert fetched == ["keys", "keys"]  # at first, and once more for a key that we do not know


@given(st.text() | st.lists(st.text(), min_size=3, max_size=3).map(lambda parts: ".".join(map(str, parts))))
def test_any_text_is_refused(text: str) -> None:
    issuer = Issuer()
    with pytest.raises(InvalidToken):
        Verifier(issuer.url, "house", issuer.keys()).verify(text)


SHORT = st.text(max_size=5)
VALUE = st.none() | st.booleans() | st.integers() | SHORT
MEMBERS = st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jwk", "zip", "enc"])


@given(
    header=st.dictionaries(MEMBERS, VALUE | st.lists(SHORT, max_size=2)),
    payload=st.recursive(VALUE, lambda inner: st.lists(inner) | st.dictionaries(SHORT, inner)),
)
def test_whatever_our_key_did_not_sign_is_refused(header: dict[str, Any], payload: Any) -> None:
    issuer = Issuer()
    with pytest.raises(InvalidToken):
        Verifier(issuer.url, "house", issuer.keys()).verify(
            f"{part(header)}.{part(payload)}.{part(b'x' * 64)}"
        )

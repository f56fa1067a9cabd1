"""Id_tokens that must be refused, each made by one small function from the honest draft."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.sign_in.provider import Draft

Forge = Callable[[Draft], object]

ATTACKERS_KEY = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)


def claims(**changes: object) -> Forge:
    """The honest token with other claims; None leaves one out."""

    def forge(draft: Draft) -> str:
        draft.claims = {k: v for k, v in (draft.claims | changes).items() if v is not None}
        return draft.signed()

    return forge


def moment(name: str, offset: float) -> Forge:
    """The honest token with one time `offset` seconds from now."""

    def forge(draft: Draft) -> object:
        return claims(**{name: int(time.time() + offset)})(draft)

    return forge


def header(**changes: object) -> Forge:
    """The honest claims, signed with the honest key, under another header."""

    def forge(draft: Draft) -> str:
        return raw(draft.header | changes, draft.claims, rs256(draft.key))

    return forge


def raw(head: Mapping[str, object], payload: object, sign: Callable[[bytes], bytes]) -> str:
    """A compact JWS whatever its header says: no library is in the way."""
    signing_input = f"{_b64(json.dumps(head).encode())}.{_b64(json.dumps(payload).encode())}"
    return f"{signing_input}.{_b64(sign(signing_input.encode()))}"


def empty_signature(draft: Draft) -> str:
    return draft.signed().rpartition(".")[0] + "."


def no_signature_part(draft: Draft) -> str:
    return draft.signed().rpartition(".")[0]


def bad_signature(draft: Draft) -> str:
    start, _, signature = draft.signed().rpartition(".")
    flipped = "A" if signature[20] != "A" else "B"
    return f"{start}.{signature[:20]}{flipped}{signature[21:]}"


def altered_after_signing(draft: Draft) -> str:
    honest = draft.signed().split(".")
    honest[1] = _b64(json.dumps(draft.claims | {"sub": "someone-else"}).encode())
    return ".".join(honest)


def signed_by_another_key(draft: Draft) -> str:
    return raw(draft.header, draft.claims, rs256(ATTACKERS_KEY))


def signed_by_another_key_without_kid(draft: Draft) -> str:
    head = {k: v for k, v in draft.header.items() if k != "kid"}
    return raw(head, draft.claims, rs256(ATTACKERS_KEY))


def unknown_kid(draft: Draft) -> object:
    return header(kid="unheard-of")(draft)


def unknown_kid_of_another_key(draft: Draft) -> str:
    return raw(draft.header | {"kid": ATTACKERS_KEY.kid}, draft.claims, rs256(ATTACKERS_KEY))


def embedded_jwk(draft: Draft) -> str:
    head = draft.header | {"jwk": ATTACKERS_KEY.as_dict(private=False)}
    return raw(head, draft.claims, rs256(ATTACKERS_KEY))


def embedded_small_jwk(draft: Draft) -> str:
    """A header that is not already refused for its length."""
    key = ECKey.generate_key("P-256")
    head = draft.header | {"alg": "ES256", "jwk": key.as_dict(private=False)}
    return jwt.encode(head, draft.claims, key, ["ES256"])


def embedded_jwk_and_its_kid(draft: Draft) -> str:
    head = draft.header | {"jwk": ATTACKERS_KEY.as_dict(private=False), "kid": ATTACKERS_KEY.kid}
    return raw(head, draft.claims, rs256(ATTACKERS_KEY))


def address_of_keys(name: str) -> Forge:
    """A header that says where the attacker's keys are (`jku`, `x5u`)."""

    def forge(draft: Draft) -> str:
        head = draft.header | {name: f"{draft.claims['iss']}/attackers-keys", "kid": ATTACKERS_KEY.kid}
        return raw(head, draft.claims, rs256(ATTACKERS_KEY))

    return forge


def unsigned(algorithm: str) -> Forge:
    """`none` in some spelling, with no signature."""
    return lambda draft: raw(draft.header | {"alg": algorithm}, draft.claims, lambda _: b"")


def unsigned_with_a_signature(draft: Draft) -> object:
    return header(alg="none")(draft)


def hs256_with_the_public_key(draft: Draft) -> str:
    """The classic confusion: the public key, which everybody has, taken for a shared secret."""
    return _hs256(draft, draft.key.as_pem(private=False))


def hs256_with_the_public_key_in_der(draft: Draft) -> str:
    return _hs256(draft, draft.key.as_der(private=False))


def hs256_with_the_client_secret(draft: Draft) -> str:
    return _hs256(draft, draft.client_secret.encode())


def hs256_with_nothing(draft: Draft) -> str:
    return raw(draft.header | {"alg": "HS256"}, draft.claims, lambda _: b"")


def es256_by_another_key(draft: Draft) -> str:
    return jwt.encode(draft.header | {"alg": "ES256"}, draft.claims, ECKey.generate_key("P-256"), ["ES256"])


def without_algorithm(draft: Draft) -> str:
    head = {k: v for k, v in draft.header.items() if k != "alg"}
    return raw(head, draft.claims, rs256(draft.key))


def several_megabytes(draft: Draft) -> object:
    return claims(padding="x" * 4_000_000)(draft)


def claims_that_are_a_list(draft: Draft) -> str:
    return raw(draft.header, [draft.claims], rs256(draft.key))


def nested_beyond_measure(draft: Draft) -> str:
    start = f"{_b64(json.dumps(draft.header).encode())}.{_b64(b'[' * 90_000)}"
    return f"{start}.{_b64(rs256(draft.key)(start.encode()))}"


def encrypted(draft: Draft) -> str:
    """A JWE, which nobody has agreed on."""
    return "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA"


def _hs256(draft: Draft, secret: bytes) -> str:
    key = OctKey.import_key(secret)
    return jws.serialize_compact(draft.header | {"alg": "HS256"}, json.dumps(draft.claims), key, ["HS256"])


def rs256(key: RSAKey) -> Callable[[bytes], bytes]:
    private: Any = key.private_key
    return lambda text: bytes(private.sign(text, PKCS1v15(), SHA256()))


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


BAD_SIGNATURES: dict[str, Forge] = {
    "empty": empty_signature,
    "absent": no_signature_part,
    "one letter wrong": bad_signature,
    "claims altered afterwards": altered_after_signing,
    "another key": signed_by_another_key,
    "another key, no kid": signed_by_another_key_without_kid,
    "another key, its own kid": unknown_kid_of_another_key,
    "unknown kid": unknown_kid,
    "kid not a string": header(kid=7),
    "kid that walks": header(kid="../../dev/null"),
    "embedded jwk": embedded_jwk,
    "embedded jwk and its kid": embedded_jwk_and_its_kid,
    "embedded small jwk": embedded_small_jwk,
    "jku": address_of_keys("jku"),
    "x5u": address_of_keys("x5u"),
    "HS256, public key": hs256_with_the_public_key,
    "HS256, public key as DER": hs256_with_the_public_key_in_der,
    "HS256, client secret": hs256_with_the_client_secret,
    "HS256, nothing": hs256_with_nothing,
    "ES256, another key": es256_by_another_key,
    "RS256 called PS256": header(alg="PS256"),
    "RS256 called RS512": header(alg="RS512"),
    "no algorithm": without_algorithm,
    "algorithm not a string": header(alg=["RS256"]),
    "none, yet signed": unsigned_with_a_signature,
    "unknown crit": header(crit=["exp-policy"], **{"exp-policy": True}),
    "crit empty": header(crit=[]),
    "crit not a list": header(crit="exp"),
    "crit that is none": header(crit=["kid"]),
    "unencoded payload": header(b64=False, crit=["b64"]),
    "encrypted": encrypted,
    "claims are a list": claims_that_are_a_list,
    "nested beyond measure": nested_beyond_measure,
} | {f"alg {spelling}": unsigned(spelling) for spelling in ("none", "None", "NONE", "nOnE", "")}

BAD_CLAIMS: dict[str, Forge] = {
    "iss missing": claims(iss=None),
    "iss wrong": claims(iss="https://accounts.google.com"),
    "iss with a slash": lambda draft: claims(iss=f"{draft.claims['iss']}/")(draft),
    "iss a list": lambda draft: claims(iss=[draft.claims["iss"]])(draft),
    "sub missing": claims(sub=None),
    "sub empty": claims(sub=""),
    "sub a number": claims(sub=12345),
    "sub a list": claims(sub=["someone"]),
    "sub true": claims(sub=True),
    "sub too long": claims(sub="x" * 256),
    "sub with NUL": claims(sub="some\x00one"),
    "sub not ASCII": claims(sub="sоmeone"),  # a Cyrillic о
    "aud missing": claims(aud=None),
    "aud wrong": claims(aud="someone-else"),
    "aud empty": claims(aud=""),
    "aud empty list": claims(aud=[]),
    "aud wrong in a list": claims(aud=["someone-else"]),
    "aud extra": claims(aud=["zaguan-demo", "someone-else"]),
    "aud a map": claims(aud={"zaguan-demo": True}),
    "aud contains ours": claims(aud="zaguan-demo-2"),
    "azp wrong": claims(azp="someone-else"),
    "azp wrong, aud a list": claims(aud=["zaguan-demo"], azp="someone-else"),
    "azp not a string": claims(azp=["zaguan-demo"]),
    "exp missing": claims(exp=None),
    "exp a text": claims(exp="9999999999"),
    "exp true": claims(exp=True),
    "exp five minutes ago": moment("exp", -300),
    "exp now, less the leeway": moment("exp", -61),
    "iat missing": claims(iat=None),
    "iat a text": claims(iat="1"),
    "iat in five minutes": moment("iat", 300),
    "iat a week ago": moment("iat", -7 * 24 * 3600),
    "nbf in five minutes": moment("nbf", 300),
    "nbf a text": claims(nbf="0"),
    "nonce missing": claims(nonce=None),
    "nonce wrong": claims(nonce="another"),
    "nonce empty": claims(nonce=""),
    "nonce a list": lambda draft: claims(nonce=[draft.claims["nonce"]])(draft),
}

NOT_TOKENS: dict[str, Forge] = {
    "missing": lambda _: None,
    "empty": lambda _: "",
    "a number": lambda _: 7,
    "a list": lambda draft: [draft.signed()],
    "a map": lambda draft: draft.claims,
    "nonsense": lambda _: "nonsense",
    "dots": lambda _: "..",
    "NUL": lambda _: "\x00.\x00.\x00",
    "not ASCII": lambda draft: draft.signed() + "é",
    "several megabytes": several_megabytes,
    "several megabytes of dots": lambda _: "." * 4_000_000,
}

"""What passes through in either direction: a short list, whatever the spelling."""

import re

import pytest

from .conftest import Behind
from .door import Door, bearer, cookie
from .services import read_token, session

ADA = bearer("zgn_ada")

# Names that some service, proxy or framework believes in.
BELIEVED = [
    "X-Identity-Token", "X-User", "X-User-Id", "X-Email", "X-Roles", "X-Scope", "X-Audience", "X-Visitors",
    "X-Auth-Request-User", "X-Auth-Request-Email", "X-Forwarded-User", "X-Forwarded-Email",
    "X-Forwarded-Groups", "X-Forwarded-Access-Token", "X-Remote-User", "Remote-User", "X-Authenticated-Userid",
    "X-Consumer-Username", "X-Client-Cert", "X-SSL-Client-Verify", "Ssl-Client-S-DN", "X-Original-User",
    "X-Impersonate-User", "X-Sub", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
    "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Forwarded-Scheme", "X-Forwarded-Ssl",
    "X-Forwarded-Uri", "X-Forwarded-Method", "Forwarded", "X-Real-IP", "X-Client-IP", "X-Client-Address",
    "True-Client-IP", "CF-Connecting-IP", "Via", "X-Cluster-Client-IP", "X-Original-URL", "X-Rewrite-URL",
    "X-Original-URI", "X-Original-Method", "X-Host", "X-HTTP-Method-Override", "X-HTTP-Method",
    "X-Method-Override", "X-HTTP-Host-Override", "X-Request-ID", "X-Correlation-ID", "Traceparent", "Tracestate",
    "X-Deadline", "Proxy", "Proxy-Authorization", "Proxy-Connection", "X-CSRF-Token", "Script-Name",
    "X-Script-Name", "Path-Info",
    "Front-End-Https", "X-Api-Key", "Trailer", "Upgrade", "HTTP2-Settings", "Cookie", "Set-Cookie", "Origin",
    "Referer", "Sec-Fetch-Site", "X-Accel-Redirect", "Host-Override", "Authorization2",
]  # fmt: skip

WHITELIST = {
    "host", "content-type", "content-length", "accept", "accept-language", "if-match", "if-none-match", "range",
    "user-agent", "last-event-id", "x-request-id", "traceparent", "x-client-address", "authorization",
}  # fmt: skip

ASKED_BY_THE_DEMO_PROVIDER = {"Origin", "Sec-Fetch-Site"}


def spellings(name: str) -> list[str]:
    """As a client may write it and a server may read it: CGI folds - and _, many fold case."""
    folded = [name, name.upper(), name.lower(), name.replace("-", "_"), name.replace("-", "_").upper()]
    mixed = [
        name.replace("-", "_", 1),
        name.swapcase(),
        name.replace("-", "."),
        "HTTP_" + name.replace("-", "_").upper(),
    ]
    return list(dict.fromkeys(folded + mixed))


@pytest.mark.parametrize("name", BELIEVED)
def test_no_spelling_of_a_believed_header_arrives(door: Door, name: str) -> None:
    headers = [(spelling, "forged-by-the-client") for spelling in spellings(name)]
    for chosen in ([*headers, *headers], *([header] for header in headers)):
        seen = door.get("/api/documents", [ADA, *chosen])
        if seen.status == 400 and len(chosen) > 1:
            continue  # newer releases of nginx refuse some headers when they are repeated
        assert seen.status == 200
        assert set(seen.upstream) <= WHITELIST
        assert "forged-by-the-client" not in seen.body.decode()
        assert read_token(seen.upstream["authorization"][0]) == {"sub": "ada", "aud": "documents"}


@pytest.mark.parametrize(
    "target", ["/api/documents/openapi.json", "/auth/login", "/demo-idp/x", "/.well-known/jwks.json"]
)
def test_open_routes_take_no_identity_either(door: Door, target: str) -> None:
    spelled = {spelling for name in BELIEVED for spelling in (name, name.replace("-", "_"))}
    if target == "/demo-idp/x":
        spelled -= ASKED_BY_THE_DEMO_PROVIDER
    headers = [(name, "forged-by-the-client") for name in sorted(spelled)]
    for start in range(0, len(headers), 40):
        some = headers[start : start + 40]
        seen = door.get(target, [*some, bearer("forged-by-the-client")])
        assert set(seen.upstream) <= WHITELIST - {"authorization"}
        assert "forged-by-the-client" not in seen.body.decode()


@pytest.mark.parametrize("name", sorted(ASKED_BY_THE_DEMO_PROVIDER))
def test_the_demo_provider_learns_where_its_form_was_sent_from(door: Door, name: str) -> None:
    """Its people have no cookie, so the gateway does not ask; told nothing, it would take a form from anywhere."""
    seen = door.ask("POST", "/demo-idp/authorize", [(name, "elsewhere")])
    assert seen.upstream[name.lower()] == ["elsewhere"]


@pytest.mark.parametrize(
    "named",
    ["Authorization", "X-Request-ID", "Cookie", "X-Client-Address, Authorization", "close, X-Audience"],
)
def test_a_header_named_in_connection_is_not_dropped(door: Door, named: str) -> None:
    """Hop-by-hop abuse: `Connection: authorization` makes some proxies remove what they have just added."""
    request = f"GET /api/documents HTTP/1.1\r\nHost: x\r\nConnection: {named}\r\nConnection: close\r\n"
    (seen,) = door.raw(f"{request}{ADA[0]}: {ADA[1]}\r\n\r\n".encode())
    assert read_token(seen.upstream["authorization"][0])["sub"] == "ada"
    assert {"x-request-id", "x-client-address"} <= set(seen.upstream)
    assert "connection" not in seen.upstream


def test_what_the_auth_answer_leaves_out_is_removed(door: Door) -> None:
    seen = door.get("/api/documents", [bearer("zgn_tokenless")])
    assert seen.status == 200
    assert "authorization" not in seen.upstream
    seen = door.get("/api/documents", [cookie(session("tokenless")), ("X-Identity-Token", "forged")])
    assert "authorization" not in seen.upstream


def test_the_services_never_see_the_credential(door: Door) -> None:
    for credential in (cookie(session("ada")), bearer("zgn_ada")):
        for target in ("/api/documents", "/api/account", "/api/documents/samples"):
            seen = door.get(target, [credential, ("X-Other", "1")])
            assert session("ada") not in seen.body.decode()
            assert "zgn_ada" not in seen.body.decode()


def test_useful_headers_arrive(door: Door) -> None:
    sent = [
        ("Accept", "application/json"), ("Accept-Language", "es"), ("If-Match", '"1"'), ("If-None-Match", '"2"'),
        ("Range", "bytes=0-1"), ("User-Agent", "a-client"), ("Last-Event-ID", "7"), ("Content-Type", "text/plain"),
    ]  # fmt: skip
    seen = door.get("/api/documents", [ADA, *sent, ("Accept-Encoding", "gzip")])
    assert {name: seen.upstream[name.lower()] for name, _ in sent} == {name: [value] for name, value in sent}
    assert "accept-encoding" not in seen.upstream
    assert seen.upstream["host"] == ["documents"]
    assert seen.upstream["x-client-address"] == ["127.0.0.1"]


def test_each_request_has_an_id_of_its_own(door: Door) -> None:
    answers = [door.get("/api/documents", [ADA, ("X-Request-ID", "mine")]) for _ in range(3)]
    assert len({answer.header("x-request-id") for answer in answers}) == 3
    for answer in answers:
        assert answer.upstream["x-request-id"] == answer.all("x-request-id")


def test_each_request_begins_a_trace_with_its_id(door: Door) -> None:
    """W3C trace context; what a client says of one is nothing to us."""
    forged = ("traceparent", f"00-{'a' * 32}-{'b' * 16}-01")
    for target in ("/api/documents", "/api/documents/openapi.json", "/auth/login"):
        answer = door.get(target, [ADA, forged])
        (given,) = answer.upstream["traceparent"]
        assert re.fullmatch(rf"00-{answer.header('x-request-id')}-[0-9a-f]{{16}}-01", given)


def test_a_body_arrives_whole(door: Door) -> None:
    seen = door.ask("POST", "/api/documents", [ADA, ("Content-Type", "application/json")], b"x" * 2_000_000)
    assert seen.json()["body"] == 2_000_000


def test_sign_in_gets_its_own_cookies_and_no_other(door: Door) -> None:
    mine = f"__Host-signin-a1=v.a-l_ue=; csrftoken=x; __Host-session={session('ada')}; __Host-signin-b2=w"
    sent = f"_ga=GA1.2; {mine}; theme=dark"
    seen = door.get("/auth/callback?code=1", [("Cookie", sent)]).upstream
    received = set(seen["cookie"][0].strip("; ").split("; "))
    assert received == {
        f"__Host-session={session('ada')}",
        "__Host-signin-a1=v.a-l_ue=",
        "__Host-signin-b2=w",
    }


def test_of_many_sign_ins_under_way_the_newest_count(door: Door) -> None:
    sent = "; ".join(f"__Host-signin-{number}=value{number}" for number in range(9))
    seen = door.get("/auth/callback?code=1", [("Cookie", sent)]).upstream
    assert sorted(seen["cookie"][0].strip("; ").split("; ")) == [
        f"__Host-signin-{n}=value{n}" for n in (5, 6, 7, 8)
    ]


@pytest.mark.parametrize("sent", ["theme=dark", "__Host-signin-=x", "__host-session=" + "a" * 43, "x__Host-signin-a=1",
                                  "__Host-session=short", '__Host-session="' + "a" * 43 + '"', "__Host-signin-a=é",
                                  f"__Host-session={'a' * 43}; __Host-session={'b' * 43}", ";;;", "="])  # fmt: skip
def test_other_cookies_do_not_reach_sign_in(door: Door, sent: str) -> None:
    assert "cookie" not in door.get("/auth/login", [("Cookie", sent)]).upstream


def test_no_answer_of_a_service_steers_the_gateway_or_speaks_for_it(door: Door, behind: Behind) -> None:
    answer = door.get("/api/documents/talkative", [ADA])
    assert (answer.status, answer.json()["path"]) == (200, "/api/documents/talkative")
    for name in (
        "x-powered-by",
        "via",
        "x-identity-token",
        "set-cookie",
        "x-accel-redirect",
        "x-accel-expires",
    ):
        assert answer.header(name) is None
    assert answer.all("cache-control") == ["no-store"]
    assert answer.all("x-content-type-options") == ["nosniff"]
    assert answer.all("referrer-policy") == ["same-origin"]
    assert len(answer.all("content-security-policy")) == len(answer.all("x-request-id")) == 1
    assert answer.all("server") == ["nginx"]


def test_sign_in_may_set_its_cookies(door: Door) -> None:
    request = ("/auth/login", "/demo-idp/talkative", "/.well-known/jwks.json")
    assert [door.get(target).status for target in request] == [200] * 3
    assert door.get("/demo-idp/talkative").header("set-cookie") is None


@pytest.mark.parametrize("upgrade", ["websocket", "h2c", "TLS/1.0"])
def test_nothing_is_upgraded(door: Door, upgrade: str) -> None:
    asked = f"Connection: Upgrade, close\r\nUpgrade: {upgrade}\r\nHTTP2-Settings: AAMAAABk\r\n{ADA[0]}: {ADA[1]}\r\n"
    (seen,) = door.raw(f"GET /api/documents HTTP/1.1\r\nHost: x\r\n{asked}\r\n".encode(), timeout=2)
    assert seen.status == 200
    assert not {"upgrade", "connection", "http2-settings"} & set(seen.upstream)

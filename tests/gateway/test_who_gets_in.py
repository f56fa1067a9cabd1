"""Who gets what at the door, for how long a decision is kept, and what happens when nobody can decide."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.promises import in_time

from .conftest import Behind, OpenDoor
from .door import Answer, Door, Headers, bearer, cookie
from .services import read_token, running, session

VISITORS, ACCOUNT, PROTECTED = "/api/documents/samples", "/api/account", "/api/documents"


def told(answer: Answer) -> str:
    """Whose token the service received, or which problem the gateway told."""
    if answer.status == 200:
        return read_token(answer.upstream["authorization"][0])["sub"]
    assert answer.status == answer.json()["status"]
    return f"{answer.status} {answer.json()['type'].rpartition('/')[2]}"


VISITOR = ["visitor:127.0.0.1", "401 unauthenticated", "401 unauthenticated"]
INVALID = "401 unauthenticated"
REFUSED = [INVALID] * 3
ADA, MAR = cookie(session("ada")), bearer("zgn_mar")

TABLE: list[tuple[str, Headers, list[str]]] = [
    ("nobody", [], VISITOR),
    ("a stale cookie", [cookie(session("stale"))], VISITOR),
    ("another site's cookies", [("Cookie", "theme=dark; session=" + "a" * 43)], VISITOR),
    ("a short cookie", [cookie("short")], VISITOR),
    ("a long cookie", [cookie(session("ada") + "a")], VISITOR),
    ("an empty cookie", [cookie("")], VISITOR),
    ("a quoted cookie", [cookie(f'"{session("ada")}"')], VISITOR),
    ("a cookie with other letters", [cookie(session("ada")[:42] + "!")], VISITOR),
    ("a cookie of another case", [("Cookie", f"__host-session={session('ada')}")], VISITOR),
    (
        "two session cookies",
        [("Cookie", f"__Host-session={session('ada')}; __Host-session={session('mar')}")],
        REFUSED,
    ),
    (
        "the same one twice",
        [("Cookie", f"__Host-session={session('ada')};__Host-session={session('ada')}")],
        REFUSED,
    ),
    ("one good, one not", [("Cookie", f"__Host-session=x; a=b; __Host-session={session('ada')}")], REFUSED),
    ("two Cookie headers", [ADA, cookie(session("mar"))], REFUSED),
    ("a signed-in person", [ADA], ["ada"] * 3),
    ("among other cookies", [("Cookie", f"a=b;  __Host-session={session('ada')} ; c=d")], ["ada"] * 3),
    ("a program", [MAR], ["mar"] * 3),
    ("header and cookie: the header", [MAR, ADA], ["mar"] * 3),
    ("a bad header and a good cookie", [bearer("wrong"), ADA], REFUSED),
    ("header and two cookies", [MAR, ADA, cookie(session("eva"))], ["mar"] * 3),
]

ODD_AUTHORIZATIONS = [
    "Bearer", "Bearer ", "Bearer x", "bearer", "Basic YTpi", "Basic", "x", "0", "-", "null", "Digest username=a", ",",
    "Bearer zgn", "Token zgn_ada", "zgn_ada", "\xff\xfe", "Bearer\tzgn_ada", "Negotiate", '""', "Refused", "|||",
]  # fmt: skip


@pytest.mark.parametrize(("headers", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_who_gets_what(door: Door, headers: Headers, expected: list[str]) -> None:
    assert [told(door.get(target, headers)) for target in (VISITORS, ACCOUNT, PROTECTED)] == expected


@pytest.mark.parametrize("value", ODD_AUTHORIZATIONS)
@pytest.mark.parametrize("others", [[], [ADA]], ids=["alone", "with a cookie"])
def test_an_invalid_authorization_header_is_never_a_visitor(door: Door, value: str, others: Headers) -> None:
    headers = [("Authorization", value), *others]
    assert [told(door.get(target, headers)) for target in (VISITORS, ACCOUNT, PROTECTED)] == REFUSED


def test_an_empty_authorization_header_counts_as_none(door: Door) -> None:
    """nginx shows an empty header and an absent one alike. It never gives more than leaving it out would."""
    assert [
        told(door.get(target, [("Authorization", "")])) for target in (VISITORS, ACCOUNT, PROTECTED)
    ] == VISITOR
    assert door.ask("POST", PROTECTED, [("Authorization", ""), ADA], b"{}").status == 403


def test_two_authorization_headers_are_no_request(door: Door) -> None:
    assert door.get(PROTECTED, [MAR, bearer("zgn_eva")]).status == 400


@pytest.mark.parametrize("headers", [[cookie(session("pending"))], [bearer("zgn_pending")]])
def test_pending_waits(door: Door, headers: Headers) -> None:
    answer = door.get(PROTECTED, headers)
    assert told(answer) == "403 awaiting-approval"


def test_who_leaves_is_told_so(door: Door) -> None:
    """Also from the kept decision; and the next one who is refused is told their own reason."""
    for _ in range(3):
        answer = door.get(PROTECTED, [cookie(session("pending-leaving"))])
        assert told(answer) == "403 account-deleting"
        assert answer.all("x-refusal") == []
        assert told(door.get(PROTECTED, [cookie(session("pending"))])) == "403 awaiting-approval"


def test_a_401_names_a_way_in(door: Door) -> None:
    assert door.get(PROTECTED).all("www-authenticate") == ['Bearer realm="zaguan"']


def test_the_token_is_for_one_service(door: Door) -> None:
    for target, audience in ((ACCOUNT, "backend"), (PROTECTED, "documents"), (VISITORS, "documents")):
        assert read_token(door.get(target, [ADA]).upstream["authorization"][0])["aud"] == audience


def test_a_services_own_refusals_pass_untouched(door: Door) -> None:
    for status in (400, 401, 403, 404, 409, 412, 413, 422, 428, 429, 500, 502, 503, 504):
        answer = door.get(f"/api/documents/status/{status}", [MAR])
        assert (answer.status, answer.json()) == (status, {"from": "documents"})


# --- the kept decision ------------------------------------------------------------------------------------------


def test_a_decision_is_kept_for_two_seconds_at_most(door: Door, behind: Behind) -> None:
    me, began = session("kept"), time.monotonic()
    for _ in range(20):
        assert told(door.get(PROTECTED, [cookie(me)])) == "kept"
    assert behind.backend.decisions(me) <= 2 + (time.monotonic() - began) // 2
    before = behind.backend.decisions(me)
    time.sleep(2.05)
    door.get(PROTECTED, [cookie(me)])
    assert behind.backend.decisions(me) == before + 1


def test_no_crossover_between_people_services_and_visitors(door: Door) -> None:
    """All pairs at once, warm: each gets the token of this person for this service."""
    people = [[cookie(session(f"p{n}"))] for n in range(12)] + [[bearer(f"zgn_q{n}")] for n in range(12)]
    names = [f"p{n}" for n in range(12)] + [f"q{n}" for n in range(12)]
    audiences = {ACCOUNT: "backend", PROTECTED: "documents", VISITORS: "documents"}
    asked = [(who, name, target) for who, name in zip(people, names, strict=True) for target in audiences] * 6

    def ask(question: tuple[Headers, str, str]) -> bool:
        who, name, target = question
        claims = read_token(door.get(target, who).upstream["authorization"][0])
        return claims == {"sub": name, "aud": audiences[target]}

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, asked))


ALIKE: list[tuple[Headers, str, Headers, str]] = [
    ([bearer("zgn_eva")], "eva", [cookie(session("ada"))], "ada"),
    ([("Authorization", f"__Host-session={session('ada')}")], INVALID, [ADA], "ada"),
    ([("Authorization", "127.0.0.1")], INVALID, [], "visitor:127.0.0.1"),
    ([("Authorization", f"|__Host-session={session('ada')}|")], INVALID, [ADA], "ada"),
    ([("Authorization", "documents|yes|127.0.0.1||")], INVALID, [], "visitor:127.0.0.1"),
    ([bearer("zgn_Bearer zgn_ada")], "Bearer zgn_ada", [bearer("zgn_ada")], "ada"),
    ([bearer("zgn_ada" + "a" * 4000 + "1")], "ada1", [bearer("zgn_ada" + "a" * 4000 + "2")], "ada2"),
    ([bearer("zgn_ada" + "a" * 7900 + "1")], "ada1", [bearer("zgn_ada" + "a" * 7900 + "2")], "ada2"),
]


@pytest.mark.parametrize(("first", "as_first", "second", "as_second"), ALIKE)
def test_credentials_that_look_alike_are_two(
    door: Door, first: Headers, as_first: str, second: Headers, as_second: str
) -> None:
    for _ in range(2):
        assert told(door.get(VISITORS, first)) == as_first
        assert told(door.get(VISITORS, second)) == as_second
        assert told(door.get(VISITORS, first)) == as_first


def test_a_visitors_decision_does_not_open_protected_routes(door: Door) -> None:
    for _ in range(3):
        assert told(door.get(VISITORS)) == "visitor:127.0.0.1"
        assert told(door.get(PROTECTED)) == "401 unauthenticated"


def test_methods_and_bodies_share_a_decision_and_change_nothing(door: Door) -> None:
    for method in ("HEAD", "GET", "POST", "PUT", "DELETE"):
        answer = door.ask(
            method, PROTECTED, [bearer("zgn_methods")], b"{}" if method in {"POST", "PUT"} else b""
        )
        assert answer.status == 200
    assert (
        door.get(PROTECTED, [bearer("zgn_methods"), ("Range", "bytes=0-0"), ("If-None-Match", "*")]).status
        == 200
    )


# --- nobody can decide ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [204, 302, 400, 404, 418, 429, 500, 502, 503])
def test_any_other_answer_of_the_backend_is_503(door: Door, status: int) -> None:
    """204 is a success without a token: it lets the request through, but as nobody."""
    answer = door.get(PROTECTED, [bearer(f"zgn_odd-{status}")])
    if status == 204:
        assert "authorization" not in answer.upstream
    else:
        assert told(answer) == "503 unavailable"
        assert answer.all("retry-after") == ["2"]


def test_without_a_backend_the_door_closes_and_opens_again(open_door: OpenDoor) -> None:
    with running("backend") as first:
        host, port = first.address.split(":")
        door = open_door(backend=first.address)
        assert told(door.get(PROTECTED, [ADA])) == "ada"
    time.sleep(2.05)
    for target, headers in (
        (PROTECTED, [ADA]),
        (PROTECTED, [MAR]),
        (PROTECTED, []),
        (ACCOUNT, [ADA]),
        (VISITORS, []),
    ):
        answer = door.get(target, headers)
        assert told(answer) == "503 unavailable"
        assert answer.header("retry-after")
    with running("backend", (host, int(port))):
        assert told(door.get(PROTECTED, [ADA])) == "ada"


def test_a_backend_that_hangs_is_told_within_five_seconds(open_door: OpenDoor) -> None:
    with running("backend") as backend:
        backend.hanging = True
        door = open_door(backend=backend.address)
        with in_time(5):
            assert told(door.get(PROTECTED, [ADA])) == "503 unavailable"


def test_a_service_that_is_gone_is_503(open_door: OpenDoor) -> None:
    door = open_door(documents="127.0.0.1:9")
    answer = door.get(PROTECTED, [ADA])
    assert told(answer) == "503 unavailable"
    assert answer.header("retry-after")
    assert door.get(ACCOUNT, [ADA]).status == 200


@pytest.mark.parametrize(
    ("method", "target", "tries"),
    [
        ("GET", "/api/documents/gone?q=a%20b", 2),
        ("HEAD", "/api/documents/gone", 2),
        ("GET", "/demo-idp/gone", 2),
        ("POST", "/api/documents/gone", 1),
        ("PUT", "/api/documents/gone", 1),
        ("DELETE", "/api/documents/gone?q=a%20b", 1),
        ("POST", "/demo-idp/gone", 1),
    ],
)
def test_a_read_that_nobody_answered_is_tried_once_more_and_a_change_never(
    door: Door, behind: Behind, method: str, target: str, tries: int
) -> None:
    service = behind.demo_idp if "demo-idp" in target else behind.documents
    before = len(service.received)
    assert door.ask(method, target, [bearer("zgn_ada-again")]).status == 503
    asked = service.received[before:]
    path, _, query = target.partition("?")
    assert [(r["method"], r["path"], r["query"]) for r in asked] == [(method, path, query)] * tries


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_whatever_has_reached_nobody_is_tried_once_more(open_door: OpenDoor, method: str) -> None:
    door = open_door(documents="127.0.0.1:9")
    assert told(door.ask(method, PROTECTED, [bearer("zgn_ada")])) == "503 unavailable"
    door.stop()
    (entry,) = map(json.loads, door.log.splitlines())
    assert entry["method"] == method
    assert entry["upstream"] == "127.0.0.1:9 : 127.0.0.1:9"


@pytest.mark.parametrize("target", ["/api/documents/gone", "/api/documents/broken"])
def test_a_service_that_answers_nonsense_is_503(door: Door, target: str) -> None:
    answer = door.get(target, [ADA])
    assert told(answer) == "503 unavailable"
    assert answer.all("cache-control") == ["no-store"]

"""One person through two services of one's own: gateway → shelf → press, and what somebody in between might try."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from backend.policy import FILE as POLICY
from servicekit.exchange import GRANT, JWT
from servicekit.service_key import ServiceKey
from tests.support import admin, people
from tests.support.attacks import Attacks, Kind
from tests.support.own_service import cookie_of, running_gateway, running_service
from tests.support.platform import Platform, running_platform

SHELF = """\
from flask import request

from servicekit import as_user, create_service, current_identity, require
from servicekit.identity import current_token

app = create_service("shelf")


@app.get("/api/shelf/printed")
@require("documents:read")
def printed():
    return as_user("press").get("/who", params=request.args.to_dict()).json()


@app.post("/api/shelf/saved")
@require("documents:write")
def saved():
    return as_user("documents").post("", json=request.get_json()).json(), 201


@app.get("/api/shelf/titles")
def titles():
    return as_user("documents").get("").json()


@app.get("/api/shelf/beyond")
def beyond():
    return as_user("documents", "users:manage").get("").json()


@app.get("/api/shelf/elsewhere")
def elsewhere():
    return as_user("attic").get("/x").json()


@app.get("/api/shelf/forward")
def forward():  # what a careless service would do
    import httpx2

    own = {"Authorization": f"Bearer {current_token()}"}
    url = app.extensions["settings"].peer_addresses["press"]
    return {"status": httpx2.get(f"{url}/api/press/who", headers=own, trust_env=False).status_code}
"""
PRESS = """\
import os

from flask import request

from servicekit import create_service, current_identity, deadline, require
from servicekit.identity import current_token

app = create_service("press")


@app.get("/api/press/who")
@require("documents:read")
def who():
    who = current_identity()
    return {
        "subject": who.subject, "session": who.session, "scope": sorted(who.scope), "actors": list(who.actors),
        "request_id": request.headers["X-Request-ID"], "traceparent": request.headers["traceparent"],
        "left": deadline.left(), "token": current_token(),
    }
"""
AUDIENCES = """[audiences]
shelf = ["documents:read", "documents:write"]
press = ["documents:read"]
attic = []
"""
PAIRS = """[exchange.shelf]
press = ["documents:read"]
documents = ["documents:read", "documents:write"]
"""


@dataclass(frozen=True)
class House:
    platform: Platform
    door: str
    shelf: str
    press: str

    def service(self, name: str) -> ServiceKey:
        return ServiceKey.read(self.platform.stack.secrets, name)

    def claims(self, token: str) -> dict[str, Any]:
        keys = httpx2.get(f"{self.platform.direct('backend')}/.well-known/jwks.json", trust_env=False).json()
        return jwt.decode(token, KeySet.import_key_set(keys), algorithms=["ES256"]).claims

    def identity(self, audience: str, credential: dict[str, str]) -> str:
        """What the gateway sends on: asked for as it does."""
        asked = f"{self.platform.direct('backend')}/internal/authorize"
        answer = httpx2.get(asked, headers={"X-Audience": audience, **credential}, trust_env=False)
        return str(answer.headers["X-Identity-Token"])

    def exchange(self, key: ServiceKey, token: str, audience: str, **changes: str) -> httpx2.Response:
        form = {"grant_type": GRANT, "subject_token": token, "subject_token_type": JWT, "audience": audience}
        form |= key.form(self.platform.url) | changes
        return httpx2.post(f"{self.platform.direct('backend')}/internal/token", data=form, trust_env=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("services")
    (folder / "shelf.py").write_text(SHELF)
    (folder / "press.py").write_text(PRESS)
    policy = folder / "policy.toml"
    text = POLICY.read_text().replace("[exchange]\n", PAIRS).replace("[audiences]\n", AUDIENCES)
    policy.write_text(text)
    with ExitStack() as stack:
        platform = stack.enter_context(running_platform({"POLICY_FILE": str(policy)}))
        press = stack.enter_context(running_service(platform, "press", folder, folder))
        known = platform.stack.environment("documents")["PEERS"]
        peers = {"PEERS": f"{known},press=http://{press},attic=http://{press}"}
        shelf = stack.enter_context(running_service(platform, "shelf", folder, folder, peers))
        gateway = tmp_path_factory.mktemp("gateway")
        door = stack.enter_context(running_gateway(platform, "shelf", shelf, gateway))
        yield House(platform, door, shelf, press)


@pytest.fixture
def mar(house: House) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(house.platform.url, "mar")) as mar:
        yield mar


def problem(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_the_whole_way_as_the_same_person(house: House, mar: httpx2.Client) -> None:
    """The table of hops is printed (pytest -s)."""
    answer = mar.get(f"{house.door}/api/shelf/printed", headers=cookie_of(mar))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    first = house.claims(house.identity("shelf", cookie_of(mar)))
    second = house.claims(told["token"])
    for hop, claims in (("gateway → shelf", first), ("shelf → press", second)):
        print(
            f"{hop:18} aud={claims['aud']:6} scope={claims['scope']!r:36} act={json.dumps(claims.get('act'))}"
        )
    assert (first["aud"], first["scope"], "act" in first) == (
        "shelf",
        "documents:read documents:write",
        False,
    )
    assert (second["aud"], second["scope"], second["act"]) == ("press", "documents:read", {"sub": "shelf"})
    assert second["exp"] - second["iat"] == 60
    person = mar.get("/api/account").json()["id"]
    assert told["subject"] == first["sub"] == second["sub"] == person
    assert told["session"] == first["sid"] == second["sid"]
    assert told["actors"] == ["shelf"]
    request_id = answer.headers["X-Request-ID"]
    assert told["request_id"] == request_id
    assert told["traceparent"].split("-")[1] == request_id
    assert 0 < told["left"] < 30


def test_one_id_leads_through_all_logs(house: House, mar: httpx2.Client) -> None:
    answer = mar.get(f"{house.door}/api/shelf/titles", headers=cookie_of(mar))
    assert answer.status_code == 200, answer.text
    request_id = answer.headers["X-Request-ID"]
    for name in ("backend", "documents"):
        lines = [json.loads(line) for line in house.platform.logs(name).splitlines() if request_id in line]
        assert {line["trace_id"] for line in lines} == {request_id}, name
    logs = "".join(house.platform.logs(name) for name in house.platform.parts)
    assert told_no_token(logs)


def told_no_token(logs: str) -> bool:
    return not any(word in logs for word in ("eyJ", "client_assertion=", "subject_token="))


def test_a_service_of_the_platform_serves_the_person_too(house: House, mar: httpx2.Client) -> None:
    draft = {"title": "Through the shelf", "body": "x", "tags": []}
    headers = {**cookie_of(mar), "Sec-Fetch-Site": "same-origin"}
    saved = mar.post(f"{house.door}/api/shelf/saved", json=draft, headers=headers)
    assert saved.status_code == 201, saved.text
    assert mar.get(f"/api/documents/{saved.json()['id']}").json()["title"] == draft["title"]
    titles = mar.get(f"{house.door}/api/shelf/titles", headers=cookie_of(mar)).json()["items"]
    assert draft["title"] in [item["title"] for item in titles]
    with closing(people.sign_in(house.platform.url, "ada")) as ada:
        theirs = ada.get(f"{house.door}/api/shelf/titles", headers=cookie_of(ada)).json()["items"]
    assert draft["title"] not in [item["title"] for item in theirs]


def access_token(house: House, person: httpx2.Client, *permissions: str) -> dict[str, str]:
    draft = {"name": "program", "permissions": list(permissions)}
    made = person.post("/api/account/tokens", json=draft)
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['token']}"}


def test_an_access_token_gains_nothing_on_the_way(house: House, mar: httpx2.Client) -> None:
    credential = access_token(house, mar, "documents:read")
    program = people.visitor(house.door)
    with closing(program):
        told = program.get("/api/shelf/printed", headers=credential).json()
        assert told["scope"] == ["documents:read"]
        draft = {"title": "x", "body": "x", "tags": []}
        assert problem(program.post("/api/shelf/saved", json=draft, headers=credential)) == (403, "forbidden")
        nothing = access_token(house, mar, "ai:use")
        assert problem(program.get("/api/shelf/titles", headers=nothing)) == (403, "forbidden")
    token = house.identity("shelf", credential)
    given = house.exchange(house.service("shelf"), token, "documents", scope="documents:write")
    assert (given.status_code, given.json()["scope"]) == (200, "")


def test_every_attack_is_refused(house: House, mar: httpx2.Client, attacks: Attacks) -> None:
    cookie, shelf, press = cookie_of(mar), house.service("shelf"), house.service("press")
    token = house.identity("shelf", cookie)
    impostor = ServiceKey("shelf", ECKey.generate_key("P-256"))
    used = shelf.form(house.platform.url)
    house.exchange(shelf, token, "press", **used)
    bearer = {"Authorization": f"Bearer {token}"}
    told = mar.get(f"{house.door}/api/shelf/printed", headers=cookie).json()["token"]

    def direct(service: str, path: str, headers: dict[str, str]) -> httpx2.Response:
        return httpx2.get(f"http://{service}{path}", headers=headers, trust_env=False)

    def real(name: str, path: str, headers: dict[str, str]) -> httpx2.Response:
        return direct(house.platform.direct(name).removeprefix("http://"), path, headers)

    stolen = {"Authorization": f"Bearer {told}"}
    elsewhere = {
        "token of shelf at press": (direct(house.press, "/api/press/who", bearer), 401, ""),
        "token of shelf at documents": (real("documents", "/api/documents", bearer), 401, ""),
        "token of shelf at ai": (real("ai", "/api/ai/v1/models", bearer), 401, "invalid_api_key"),
        "token of shelf at the backend": (real("backend", "/api/account", bearer), 401, ""),
        "token of press at shelf": (direct(house.shelf, "/api/shelf/titles", stolen), 401, ""),
        "token of press at documents": (real("documents", "/api/documents", stolen), 401, ""),
        "the cookie at press": (direct(house.press, "/api/press/who", cookie), 401, ""),
        "the cookie at documents": (real("documents", "/api/documents", cookie), 401, ""),
    }
    beyond = {
        "shelf asks for an audience it may not": (house.exchange(shelf, token, "attic"), 400, "invalid_target"),
        "shelf asks for the backend": (house.exchange(shelf, token, "backend"), 400, "invalid_target"),
        "shelf asks for a scope it may not": (
            house.exchange(shelf, token, "press", scope="documents:write"), 400, "invalid_scope"),
        "press goes on, which is in no table": (house.exchange(press, told, "documents"), 400, "invalid_target"),
    }  # fmt: skip
    impostors = {
        "press shows the token of shelf": (house.exchange(press, token, "shelf"), 400, "invalid_request"),
        "shelf's name, a key of one's own": (house.exchange(impostor, token, "press"), 401, "invalid_client"),
        "shelf's name, press's key": (
            house.exchange(ServiceKey("shelf", press.key), token, "press"), 401, "invalid_client"),
        "an assertion again": (house.exchange(shelf, token, "press", **used), 401, "invalid_client"),
        "shelf shows what it was given for press": (
            house.exchange(shelf, told, "documents"), 400, "invalid_request"),
        "shelf shows a cookie": (
            house.exchange(shelf, cookie["Cookie"], "press"), 400, "invalid_request"),
        "from outside": (mar.post("/internal/token", data={"grant_type": GRANT}), 404, ""),
    }  # fmt: skip
    for kind, made in ((Kind.ELSEWHERE, elsewhere), (Kind.BEYOND, beyond), (Kind.IMPOSTOR, impostors)):
        for what, (answer, status, error) in made.items():
            attacks.note(kind, what, (answer.status_code, _error(answer)), (status, error))


def _error(answer: httpx2.Response) -> str:
    """OAuth's word, or that of OpenAI's shape; problem details have none."""
    told = answer.json().get("error", "")
    return str(told["code"] if isinstance(told, dict) else told)


def test_a_service_that_may_not_is_told_in_words(house: House, mar: httpx2.Client) -> None:
    for path, words in (("beyond", "users:manage"), ("elsewhere", "may not call 'attic'")):
        answer = mar.get(f"{house.door}/api/shelf/{path}", headers=cookie_of(mar))
        assert problem(answer) == (403, "forbidden")
        assert words in answer.json()["detail"]
    careless = mar.get(f"{house.door}/api/shelf/forward", headers=cookie_of(mar))
    assert careless.json() == {"status": 401}


def test_a_peer_that_is_down_is_told(house: House, mar: httpx2.Client) -> None:
    house.platform.stop("documents")
    try:
        answer = mar.get(f"{house.door}/api/shelf/titles", headers=cookie_of(mar))
    finally:
        house.platform.start("documents")
    assert problem(answer) == (503, "unavailable")
    assert "Retry-After" in answer.headers
    assert mar.get(f"{house.door}/api/shelf/titles", headers=cookie_of(mar)).status_code == 200


def test_who_is_suspended_in_between_goes_no_further(house: House) -> None:
    """The services hold a token of before; the backend knows better."""
    with closing(people.sign_in(house.platform.url, "mar")) as mar:
        person = mar.get("/api/account").json()["id"]
        token = house.identity("shelf", cookie_of(mar))
    shelf = house.service("shelf")
    assert house.exchange(shelf, token, "press").status_code == 200
    admin.run(house.platform, "users", "suspend", person)
    try:
        refused = house.exchange(shelf, token, "press")
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
        bearer = {"Authorization": f"Bearer {token}"}
        answer = httpx2.get(f"http://{house.shelf}/api/shelf/printed", headers=bearer, trust_env=False)
        assert problem(answer) == (401, "unauthenticated")
    finally:
        admin.run(house.platform, "users", "reactivate", person)

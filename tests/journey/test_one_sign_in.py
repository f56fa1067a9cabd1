"""The platform's main job, whole: one sign-in, accepted by every service, ended everywhere at once."""

import re
import time
from functools import partial

import httpx2
import pytest

from tests.conftest import SignIn
from tests.support import programs
from tests.support.people import visitor
from tests.support.platform import Platform
from tests.support.promises import Revoked
from tests.support.waiting import LONG


def eventually(client: httpx2.Client, path: str, status: int, within: float = LONG) -> httpx2.Response:
    """The first answer with `status`, or the last one when the time is over."""
    deadline = time.monotonic() + within
    while (answer := client.get(path)).status_code != status and time.monotonic() < deadline:
        time.sleep(0.1)
    return answer


def session_cookie(client: httpx2.Client) -> str:
    return str(client.cookies["__Host-session"])


def with_cookie(url: str, cookie: str) -> httpx2.Client:
    """Somebody else's browser, with a cookie that it has got hold of."""
    return httpx2.Client(base_url=url, headers={"Cookie": f"__Host-session={cookie}"}, trust_env=False)


def test_a_visitor_tries_the_samples(visitor: httpx2.Client) -> None:
    assert visitor.get("/").status_code == 200
    samples = visitor.get("/api/documents/samples").json()["items"]
    assert {sample["locale"] for sample in samples} == {"en", "es"}
    found = visitor.get("/api/documents/samples/search", params={"q": samples[0]["title"]}).json()["items"]
    assert samples[0]["id"] in [hit["id"] for hit in found]
    assert visitor.get("/api/documents").status_code == 401
    assert visitor.get("/api/account").status_code == 401


def test_a_member_saves_finds_changes_and_deletes(signed_in: SignIn) -> None:
    mar = signed_in("mar")
    assert mar.get("/api/account").json()["roles"] == ["member"]
    saved = mar.post(
        "/api/documents", json={"title": "Herbs", "body": "A pot of *marjoram*", "tags": ["garden"]}
    )
    assert saved.status_code == 201
    path, version = saved.headers["Location"], saved.headers["ETag"]
    found = mar.get("/api/documents/search", params={"q": "marjoram"}).json()["items"]
    assert saved.json()["id"] in [hit["id"] for hit in found]

    newer = {"title": "Herbs", "body": "Two pots", "tags": []}
    assert mar.put(path, json=newer, headers={"If-Match": version}).status_code == 200
    assert mar.put(path, json=newer, headers={"If-Match": version}).status_code == 412
    assert mar.put(path, json=newer).status_code == 428
    assert mar.delete(path).status_code == 204
    assert mar.get(path).status_code == 404


def test_one_persons_documents_do_not_exist_for_another(signed_in: SignIn) -> None:
    mar, ada = signed_in("mar"), signed_in("ada")
    path = mar.post("/api/documents", json={"title": "Mine", "body": "", "tags": []}).headers["Location"]
    assert ada.get(path).status_code == 404
    assert ada.delete(path).status_code == 404
    change = {"title": "Hers", "body": "", "tags": []}
    assert ada.put(path, json=change, headers={"If-Match": "*"}).status_code == 404
    assert mar.get(path).json()["title"] == "Mine"


def test_signing_out_ends_it_everywhere(stack: Platform, signed_in: SignIn) -> None:
    mar = signed_in("mar")
    with with_cookie(stack.url, session_cookie(mar)) as thief:
        for path in ("/api/account", "/api/documents"):
            assert thief.get(path).status_code == 200
        assert mar.post("/auth/logout").status_code == 204
        gone = Revoked()
        assert "__Host-session" not in mar.cookies
        for path in ("/api/account", "/api/documents"):
            gone.refuses(partial(thief.get, path))
            assert mar.get(path).status_code == 401


def test_signing_in_again_makes_a_new_session_and_ends_the_old_one(
    stack: Platform, signed_in: SignIn
) -> None:
    mar = signed_in("mar")
    before = session_cookie(mar)
    asked = mar.get("/auth/login")
    chosen = mar.post(asked.headers["location"], data={"account": "mar"})
    mar.get(chosen.headers["location"])
    gone = Revoked()
    assert session_cookie(mar) != before
    with with_cookie(stack.url, before) as thief:
        gone.refuses(partial(thief.get, "/api/account"))
    assert mar.get("/api/account").status_code == 200


@pytest.mark.parametrize("account", ["pau", "eva"])
def test_authenticated_is_not_authorised(signed_in: SignIn, account: str) -> None:
    person = signed_in("pau" if account == "pau" else "eva")
    told = person.get("/api/account").json()
    assert (told["status"], told["roles"], told["permissions"]) == ("pending", [], [])
    refused = person.get("/api/documents")
    assert refused.status_code == 403
    assert refused.json()["type"] == "/docs/errors/awaiting-approval"
    assert person.post("/api/documents", json={"title": "x", "body": "", "tags": []}).status_code == 403
    assert person.get("/api/documents/samples").status_code == 200


def test_the_cookie_is_what_it_should_be(stack: Platform) -> None:
    with visitor(stack.url) as client:
        asked = client.get("/auth/login")
        chosen = client.post(asked.headers["location"], data={"account": "ada"})
        cookies = client.get(chosen.headers["location"]).headers.get_list("set-cookie")
    (cookie,) = (told for told in cookies if told.startswith("__Host-session="))
    value, *attributes = cookie.split("; ")
    assert re.fullmatch(r"__Host-session=[A-Za-z0-9_-]{43}", value)
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_a_service_reached_directly_believes_nothing_but_a_token_for_itself(
    stack: Platform, signed_in: SignIn
) -> None:
    cookie = session_cookie(signed_in("mar"))
    asked = f"{stack.direct('backend')}/internal/authorize"

    def token(audience: str) -> str:
        headers = {"X-Audience": audience, "Cookie": f"__Host-session={cookie}"}
        return str(httpx2.get(asked, headers=headers, trust_env=False).headers["X-Identity-Token"])

    good = token("documents")
    head, body, signature = good.split(".")
    forged = f"{head}.{body}.{signature[::-1]}"
    documents = f"{stack.direct('documents')}/api/documents"
    for headers, status in (
        ({"Cookie": f"__Host-session={cookie}"}, 401),
        ({"X-User": "ada", "X-Identity-Token": good}, 401),
        ({"Authorization": f"Bearer {forged}"}, 401),
        ({"Authorization": f"Bearer {token('backend')}"}, 401),
        ({"Authorization": f"Bearer {good}"}, 200),
    ):
        answer = httpx2.get(documents, headers=headers, trust_env=False)
        assert answer.status_code == status, headers
        assert answer.headers["Content-Type"].startswith(
            "application/json" if status == 200 else "application/problem+json"
        )


def test_an_identity_token_opens_nothing_at_the_gateway(stack: Platform, signed_in: SignIn) -> None:
    cookie = session_cookie(signed_in("mar"))
    headers = {"X-Audience": "documents", "Cookie": f"__Host-session={cookie}"}
    inner = httpx2.get(f"{stack.direct('backend')}/internal/authorize", headers=headers, trust_env=False)
    bearer = {"Authorization": f"Bearer {inner.headers['X-Identity-Token']}"}
    assert httpx2.get(f"{stack.url}/api/documents", headers=bearer, trust_env=False).status_code == 401
    assert httpx2.get(f"{stack.url}/internal/authorize", headers=headers, trust_env=False).status_code == 404


def test_a_program_enters_with_its_persons_access_token_until_they_revoke_it(
    stack: Platform, signed_in: SignIn
) -> None:
    mar = signed_in("mar")
    draft = {"name": "a program", "permissions": ["documents:read"]}
    made = mar.post("/api/account/tokens", json=draft).json()
    with httpx2.Client(
        base_url=stack.url, headers={"Authorization": f"Bearer {made['token']}"}, trust_env=False
    ) as program:
        assert program.get("/api/account").json()["id"] == mar.get("/api/account").json()["id"]
        assert program.get("/api/documents").status_code == 200
        refused = program.post("/api/documents", json={"title": "no", "body": "", "tags": []})
        assert (refused.status_code, refused.json()["type"]) == (403, "/docs/errors/forbidden")
        assert program.get("/api/account/tokens").status_code == 403
        assert mar.delete(f"/api/account/tokens/{made['id']}").status_code == 204
        gone = Revoked()
        gone.refuses(partial(program.get, "/api/documents"))
        gone.refuses(partial(program.get, "/api/account"))


def test_signing_one_device_out_ends_it_and_no_other(stack: Platform, signed_in: SignIn) -> None:
    laptop, phone = signed_in("mar"), signed_in("mar")
    listed = laptop.get("/api/account/sessions").json()["items"]
    mine = phone.get("/api/account/sessions").json()["items"]
    (theirs,) = [item["id"] for item in mine if item["current"]]
    assert theirs in [item["id"] for item in listed if not item["current"]]
    assert laptop.delete(f"/api/account/sessions/{theirs}").status_code == 204
    Revoked().refuses(partial(phone.get, "/api/documents"))
    assert laptop.get("/api/documents").status_code == 200


def test_who_is_suspended_gets_nothing_anywhere_two_seconds_later(signed_in: SignIn) -> None:
    """By cookie, by access token and by a program's sign-in, at both services, while requests stream."""
    ada, mar = signed_in("ada"), signed_in("mar")
    draft = {"name": "a program", "permissions": ["documents:read"]}
    tokens = [mar.post("/api/account/tokens", json=draft).json()["token"], signed_in_program(mar)]
    me = mar.get("/api/account").json()["id"]
    clients = [mar, *(with_token(mar, token) for token in tokens)]
    asked = [(client, path) for client in clients for path in ("/api/account", "/api/documents")]
    assert [client.get(path).status_code for client, path in asked] == [200] * 6
    try:
        assert ada.patch(f"/api/admin/users/{me}", json={"status": "suspended"}).status_code == 200
        gone = Revoked()
        for client, path in asked:
            gone.refuses(partial(client.get, path))
        for _ in range(15):
            assert [client.get(path).status_code for client, path in asked] == [401] * 6
    finally:
        for client in clients[1:]:
            client.close()
        assert ada.patch(f"/api/admin/users/{me}", json={"status": "active"}).status_code == 200


def with_token(person: httpx2.Client, token: str) -> httpx2.Client:
    """A program of theirs."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.Client(base_url=person.base_url, headers=headers, trust_env=False)


def signed_in_program(person: httpx2.Client) -> str:
    """The access credential of a program that this person has let in."""
    with visitor(str(person.base_url)) as program:
        begun = programs.begin(program)
        programs.let_in(person, begun)
        return str(programs.ask(program, begun).json()["access_token"])

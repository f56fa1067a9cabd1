"""A worker acts for who is not there: as fresh as a request would be, and no longer than the backend says."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask import Flask, request
from joserfc import jwt

from servicekit import (
    Ended,
    acting,
    as_service,
    as_user,
    connections,
    create_service,
    current_identity,
    tracing,
)
from servicekit.backend import Away
from servicekit.events import Event, on_behalf
from servicekit.exchange import GRANT, JWT, OWN_GRANT
from servicekit.guards import Room, services_only
from servicekit.ids import new_id
from servicekit.message_tokens import KIND, MessageToken
from servicekit.problems import Forbidden, Unauthenticated
from servicekit.service_key import PRIVATE
from servicekit.settings import Settings
from servicekit.testing import Issuer
from servicekit.tests.peers import Press, serving

MAR = new_id()
TOLD = Event.of("press.job_queued.v1", new_id())


class TokenEndpoint:
    """Stands in for the backend's: gives what the form asks for, or refuses as it is told."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer, self.asked = issuer, list[dict[str, str]]()
        self.refusal: str | None = None
        self.app = Flask("backend")
        self.app.add_url_rule("/internal/token", view_func=self.answer, methods=["POST"])

    def answer(self) -> Any:
        form = request.form.to_dict()
        self.asked.append(form | {"traceparent": request.headers["traceparent"]})
        if self.refusal:
            return {
                "error": self.refusal,
                "error_description": "So it is.",
            }, 503 if self.refusal == "away" else 400
        return {"access_token": self.token(form), "expires_in": 60, "scope": "things:read"}

    def token(self, form: dict[str, str]) -> str:
        if form["grant_type"] == OWN_GRANT:
            return self.issuer.token(form["audience"], "service:shelf", "things:index", sid=None)
        told = jwt.decode(form["subject_token"], self.issuer.key, algorithms=["ES256"]).claims
        return self.issuer.token(form["audience"], told["sub"], "things:read", act={"sub": "shelf"})


@pytest.fixture
def endpoint(issuer: Issuer) -> TokenEndpoint:
    return TokenEndpoint(issuer)


@pytest.fixture
def press(issuer: Issuer) -> Press:
    return Press(issuer)


@pytest.fixture
def shelf(issuer: Issuer, endpoint: TokenEndpoint, press: Press, tmp_path: Path) -> Iterator[APIFlask]:
    """The application of a worker: nobody asks it anything."""
    (tmp_path / PRIVATE.format("shelf")).write_bytes(issuer.key.as_pem(private=True))
    connections.client.cache_clear()
    with serving(endpoint.app) as backend, serving(press.app) as peer:
        settings = Settings(backend_url=backend, secrets_dir=tmp_path, peers=f"press={peer}")
        app = create_service("shelf", settings, keys=issuer.keys())
        with app.app_context():
            yield app
    connections.client().close()
    connections.client.cache_clear()


@pytest.fixture
def token(issuer: Issuer) -> MessageToken:
    return issuer.message_token(TOLD, MAR)


def test_it_is_the_person_of_the_message(
    shelf: APIFlask, endpoint: TokenEndpoint, token: MessageToken
) -> None:
    who = acting(token).identity()
    assert (who.subject, who.scope, who.actor) == (MAR, frozenset({"things:read"}), "shelf")
    (asked,) = endpoint.asked
    assert (asked["grant_type"], asked["subject_token"], asked["audience"]) == (GRANT, token.text, "shelf")
    assert (asked["subject_token_type"], asked["requested_token_type"]) == (KIND, JWT)


def test_its_text_alone_will_do(shelf: APIFlask, token: MessageToken) -> None:
    """As the row of a job keeps it."""
    assert acting(token.text).identity().subject == MAR


def test_it_calls_others_as_the_person(shelf: APIFlask, endpoint: TokenEndpoint, token: MessageToken) -> None:
    trace = tracing.begin()
    with acting(token) as bearer:
        assert current_identity() == bearer.identity()
        told = as_user("press").post("/who", json={"number": 7}).json()
    assert (told["subject"], told["actors"], told["scope"]) == (MAR, ["shelf"], ["things:read"])
    assert told["headers"]["traceparent"].split("-")[1] == told["headers"]["x-request-id"] == trace
    assert 0 < told["left"] <= 10
    assert [asked["audience"] for asked in endpoint.asked] == ["shelf", "press"]
    assert {asked["traceparent"].split("-")[1] for asked in endpoint.asked} == {trace}


def test_it_is_nobody_again_afterwards(shelf: APIFlask, token: MessageToken) -> None:
    with acting(token):
        pass
    with shelf.test_request_context(), pytest.raises(Unauthenticated):
        current_identity()


def test_it_asks_again_after_a_second(
    shelf: APIFlask, endpoint: TokenEndpoint, token: MessageToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    bearer = acting(token)
    monkeypatch.setattr("servicekit.errands.KEEP", 1.0)
    for _ in range(5):
        bearer.identity()
    assert len(endpoint.asked) == 1
    monkeypatch.setattr("servicekit.errands.KEEP", 0.0)
    bearer.identity()
    assert len(endpoint.asked) == 2


def test_it_ends_when_the_backend_says_so(
    shelf: APIFlask, endpoint: TokenEndpoint, token: MessageToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the midst of it."""
    monkeypatch.setattr("servicekit.errands.KEEP", 0.0)
    with acting(token) as bearer:
        assert as_user("press").get("/who").json()["subject"] == MAR
        endpoint.refusal = "invalid_grant"
        for attempt in (bearer.identity, lambda: as_user("press").get("/who"), lambda: on_behalf(TOLD)):
            with pytest.raises(Ended) as caught:
                attempt()
            assert caught.value.reason == "ended"
    with pytest.raises(Ended), acting(token):
        pytest.fail("it was entered")


def test_it_says_when_it_came_too_late(shelf: APIFlask, endpoint: TokenEndpoint, issuer: Issuer) -> None:
    endpoint.refusal = "invalid_grant"
    late = issuer.message_token(TOLD, MAR, exp=int(time.time()) - 10)
    with pytest.raises(Ended) as caught:
        acting(late).identity()
    assert caught.value.reason == "expired"


@pytest.mark.parametrize(
    ("refusal", "kind"), [("away", Away), ("invalid_target", Forbidden), ("invalid_scope", Forbidden)]
)
def test_other_refusals_are_no_end(
    shelf: APIFlask, endpoint: TokenEndpoint, token: MessageToken, refusal: str, kind: type[Exception]
) -> None:
    endpoint.refusal = refusal
    with pytest.raises(kind):
        acting(token).identity()


def test_a_token_for_an_event_is_asked_for_the_person(
    shelf: APIFlask, endpoint: TokenEndpoint, token: MessageToken
) -> None:
    told = Event.of("shelf.done.v1", new_id())
    with acting(token):
        given = on_behalf(told, "things:read")
    asked = endpoint.asked[-1]
    assert (asked["requested_token_type"], asked["subject_token_type"]) == (KIND, JWT)
    assert (asked["audience"], asked["event_id"], asked["scope"]) == ("shelf.done.v1", told.id, "things:read")
    assert (given.event_type, given.event_id, given.subject) == ("shelf.done.v1", told.id, MAR)
    assert given.scope == {"things:read"}


def test_a_service_calls_as_itself(shelf: APIFlask, endpoint: TokenEndpoint, issuer: Issuer) -> None:
    from apiflask import APIBlueprint

    from servicekit import require

    room = APIBlueprint("inner", "attic")
    room.add_url_rule("/things/<thing>", view_func=require("things:index")(lambda thing: {"thing": thing}))
    room.add_url_rule("/more", view_func=require("things:more")(dict))
    attic = create_service(
        "attic", Settings(), rooms=[Room(room, "/internal", services_only)], keys=issuer.keys()
    )
    with serving(attic) as address:
        settings = shelf.extensions["settings"].model_copy(update={"peers": f"attic={address}"})
        shelf.extensions["settings"] = settings
        assert as_service("attic").get("/things/7").json() == {"thing": "7"}
        assert as_service("attic").get("/things/8").json() == {"thing": "8"}
        with pytest.raises(Forbidden):
            as_service("attic").get("/more")
    (asked,) = endpoint.asked
    assert (asked["grant_type"], asked["audience"]) == (OWN_GRANT, "attic")
    assert "subject_token" not in asked
    assert json.dumps(asked)

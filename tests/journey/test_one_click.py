"""One click, followed through everything that comes of it: which token at each hop, and one trace id.

The platform's documents, and two services of one's own: shelf, which saves and orders a print, and press, which hears
the order and marks what it has printed. Between them are taps; what they saw is printed as a table (pytest -s).
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import select

from servicekit.database import Database
from servicekit.events.tables import OUTBOX
from servicekit.message_tokens import HEADER
from tests.support import contracts, people
from tests.support.contracts import More
from tests.support.own_service import cookie_of, running_gateway, running_service, running_worker
from tests.support.platform import Platform, running_platform
from tests.support.tap import Tap, tapped
from tests.support.waiting import until

BOTH = """\
from sqlalchemy import MetaData

from servicekit import acting, as_user, create_service, require
from servicekit.database import Database
from servicekit.events import Event, on_behalf, publish, tables, worker
from servicekit.settings import Settings

settings = Settings.from_environment()
database = Database(settings.database_url)
metadata = MetaData()
tables.add_to(metadata)
metadata.create_all(database.engine)
"""
SHELF = (
    BOTH
    + """
from flask import request

app = create_service("shelf", settings)


@app.post("/api/shelf/prints")
@require("documents:write")
def order():
    document = as_user("documents").post("", json=request.get_json()).json()
    told = Event.of("shelf.print_ordered.v1", document["id"])
    token = on_behalf(told)
    with database.write() as tx:
        publish(tx, told, on_behalf_of=token)
    return {"document": document["id"]}, 202


if __name__ == "__main__":
    worker.run("shelf", settings, database, {})
"""
)
PRESS = (
    BOTH
    + """

def print_it(tx, event):
    with acting(event.on_behalf_of):
        found = as_user("documents").get(f"/{event.subject}")
        kept = {name: found.json()[name] for name in ("title", "body")}
        version = {"If-Match": found.headers["ETag"]}
        as_user("documents").put(f"/{event.subject}", json=kept | {"tags": ["printed"]}, headers=version)


worker.run("press", settings, database, {"press.orders": {"shelf.print_ordered.v1": print_it}})
"""
)
ORDERED = "shelf.print_ordered.v1"
READ, WRITE = "documents:read", "documents:write"
MORE = More(
    exchanges={"shelf.events": [ORDERED]},
    queues={"press.orders": [ORDERED]},
    policy={
        "[messages]": f'"{ORDERED}" = ["{READ}", "{WRITE}"]\n',
        "[exchange]": f'[exchange.shelf]\ndocuments = ["{WRITE}"]\n'
        f'[exchange.press]\ndocuments = ["{READ}", "{WRITE}"]\n',
        "[audiences]": f'shelf = ["{READ}", "{WRITE}"]\npress = ["{READ}", "{WRITE}"]\n',
    },
)
DRAFT = {"title": "To be printed", "body": "x", "tags": []}


@dataclass(frozen=True)
class Hop:
    """What went from one to the next, and with which token."""

    way: str
    token: str
    trace_id: str


@dataclass(frozen=True)
class House:
    """The taps are before whom they are named for; `orders` is before the backend, for press."""

    platform: Platform
    door: str
    outbox: Database
    shelf: Tap
    saving: Tap
    orders: Tap
    printing: Tap

    def claims(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims."""
        keys = httpx2.get(f"{self.platform.direct('backend')}/.well-known/jwks.json", trust_env=False).json()
        told = jwt.decode(token, KeySet.import_key_set(keys), algorithms=["ES256"])
        return dict(told.header), told.claims

    def message(self, document: str) -> Hop:
        """What the queue was given."""
        with self.outbox.read() as tx:
            rows = select(OUTBOX.c.headers).where(OUTBOX.c.type == ORDERED, OUTBOX.c.subject == document)
            (headers,) = map(json.loads, tx.scalars(rows))
        return Hop("shelf → queue → press", headers[HEADER], headers["traceparent"].split("-")[1])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("click")
    (folder / "shelf.py").write_text(SHELF)
    (folder / "press.py").write_text(PRESS)
    told = contracts.write(folder, MORE)
    with ExitStack() as stack:
        stack.enter_context(contracts.known(told))
        settings = {"POLICY_FILE": str(told / "policy.toml"), "AI": "off"}
        platform = stack.enter_context(running_platform(settings, contracts.library(told)))
        documents, backend = (_address(platform, name) for name in ("documents", "backend"))
        saving, printing = (stack.enter_context(tapped(documents)) for _ in range(2))
        orders = stack.enter_context(tapped(backend))
        files = {name: f"sqlite:///{folder / name}.db" for name in ("shelf", "press")}
        of_shelf = {"DATABASE_URL": files["shelf"], "PEERS": f"documents=http://{saving.address}"}
        of_press = {
            "DATABASE_URL": files["press"],
            "PEERS": f"documents=http://{printing.address}",
            "BACKEND_URL": f"http://{orders.address}",
        }
        shelf = stack.enter_context(running_service(platform, "shelf", folder, folder, of_shelf))
        stack.enter_context(running_worker(platform, "shelf", folder, folder, of_shelf))
        stack.enter_context(running_worker(platform, "press", folder, folder, of_press))
        front = stack.enter_context(tapped(shelf))
        gateway = tmp_path_factory.mktemp("gateway")
        door = stack.enter_context(running_gateway(platform, "shelf", front.address, gateway))
        outbox = Database(files["shelf"])
        yield House(platform, door, outbox, front, saving, orders, printing)
        outbox.engine.dispose()


def test_one_click(house: House) -> None:
    with closing(people.sign_in(house.platform.url, "mar")) as mar:
        person = mar.get("/api/account").json()["id"]
        headers = {**cookie_of(mar), "Sec-Fetch-Site": "same-origin"}
        click = mar.post(f"{house.door}/api/shelf/prints", json=DRAFT, headers=headers)
        assert click.status_code == 202, click.text
        document = click.json()["document"]
        until(lambda: mar.get(f"/api/documents/{document}").json()["tags"] == ["printed"])
    trace_id = click.headers["X-Request-ID"]

    first = house.shelf.only("POST", "/api/shelf/prints")
    second = house.saving.only("POST", "/api/documents")
    message = house.message(document)
    acted, onward = (one for one in house.orders.passed if one.path == "/internal/token")
    read = house.printing.only("GET", f"/api/documents/{document}")
    written = house.printing.only("PUT", f"/api/documents/{document}")
    hops = [
        Hop("gateway → shelf", first.bearer, first.trace_id),
        Hop("shelf → documents", second.bearer, second.trace_id),
        message,
        Hop("press, acting", acted.json["access_token"], acted.trace_id),
        Hop("press → documents", read.bearer, read.trace_id),
        Hop("press → documents", written.bearer, written.trace_id),
    ]
    print()
    for line in table(house, hops):
        print(line)

    both = f"{READ} {WRITE}"
    by_shelf, by_press = {"sub": "shelf"}, {"sub": "press", "act": {"sub": "shelf"}}
    told = [house.claims(hop.token) for hop in hops]
    assert [
        (header["typ"], claims["aud"], claims["scope"], claims.get("act")) for header, claims in told
    ] == [
        ("JWT", "shelf", both, None),
        ("JWT", "documents", WRITE, by_shelf),
        ("message+jwt", ORDERED, both, by_shelf),
        ("JWT", "press", both, by_shelf),
        ("JWT", "documents", both, by_press),
        ("JWT", "documents", both, by_press),
    ]
    assert {claims["sub"] for _, claims in told} == {person}
    assert {hop.trace_id for hop in hops} | {onward.trace_id} == {trace_id}
    assert [claims["exp"] - claims["iat"] for _, claims in told] == [60, 60, 24 * 3600, 60, 60, 60]
    assert (acted.form["subject_token"], acted.form["audience"]) == (message.token, "press")
    assert onward.form["subject_token"] == acted.json["access_token"]
    assert onward.json["access_token"] == read.bearer == written.bearer


def test_no_token_is_seen_by_another_than_whom_it_is_for(house: House) -> None:
    """Each service is shown tokens with its own name as audience, and the cookie goes nowhere."""
    seen = {"shelf": house.shelf.passed, "documents": [*house.saving.passed, *house.printing.passed]}
    assert all(len(passed) > 0 for passed in seen.values())
    for audience, passed in seen.items():
        assert {house.claims(one.bearer)[1]["aud"] for one in passed} == {audience}
        assert not any("cookie" in one.headers for one in passed)


def table(house: House, hops: list[Hop]) -> list[str]:
    rows = [("hop", "token", "audience", "scope", "act", "trace id")]
    rows.append(("browser → gateway", "cookie", "", "", "", "begins here"))
    for hop in hops:
        header, claims = house.claims(hop.token)
        kind = "message" if header["typ"] == "message+jwt" else "identity"
        rows.append((hop.way, kind, claims["aud"], claims["scope"], acting(claims.get("act")), hop.trace_id))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def acting(act: Any) -> str:
    """Who acts, and for whom before."""
    return f"{act['sub']} ← {acting(act['act'])}" if act and "act" in act else act["sub"] if act else "–"


def _address(platform: Platform, name: str) -> str:
    return platform.direct(name).removeprefix("http://")

"""Budgets: exact to the token, whatever comes at the same time, and whatever dies in between."""

import csv
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import delete, select, update

from ai.budgets import account, cursors, export, limits, own_data, periods, service
from ai.budgets.keeper import Keeper
from ai.budgets.limits import Allowance, Limit
from ai.budgets.models import Reservation, Spending, Use
from ai.budgets.service import Held, Used
from ai.parts import Parts
from ai.problems import BudgetUsedUp
from ai.tests.people import ANA, BEA, Person, read
from servicekit.database import Database
from servicekit.events.tables import OUTBOX
from servicekit.identity import Identity
from servicekit.ids import now
from servicekit.message_tokens import HEADER, MessageVerifier
from servicekit.testing import Issuer

COST = 12  # tokens of a question to `steady`, as it counts them


@pytest.fixture
def database(app: APIFlask) -> Database:
    found: Database = app.extensions["database"]
    return found


@pytest.fixture
def parts(app: APIFlask) -> Parts:
    found: Parts = app.extensions["ai"]
    return found


@pytest.fixture
def admin(app: APIFlask, issuer: Issuer) -> Person:
    return Person(app, issuer, "01920000-0000-7000-8000-0000000000ad", scope="ai:use ai:manage")


def allow(admin: Person, day: int, month: int = 10**9, who: str = "everyone/all") -> None:
    answer = admin.call("PUT", f"/budgets/{who}", json={"day": day, "month": month})
    assert answer.status_code == 200, answer.text


def most(person: Person) -> int:
    """What one such question reserves: found out by a budget that is too small."""
    told = read(person.chat("steady"))["error"]["message"]
    return int(told.split("up to ")[1].split()[0])


def ledger(database: Database, person: str) -> list[tuple[int, int]]:
    """Used and held, of the day and of the month."""
    with database.read() as tx:
        rows = tx.execute(select(Spending).where(Spending.subject == person).order_by(Spending.period.desc()))
        return [(row.used, row.held) for (row,) in rows]


def test_of_200_at_once_with_a_budget_for_50_there_are_50_and_not_one_more(
    app: APIFlask, issuer: Issuer, database: Database, parts: Parts
) -> None:
    """What each costs is what it reserves, so that 50 is exact; another person is served meanwhile."""
    who = Identity(ANA, frozenset({"ai:use"}))
    tokens, today = 40, now()
    allowed = Allowance(Limit(ANA, periods.day(today), 50 * tokens), Limit(ANA, periods.month(today), 10**6))
    other = Allowance(Limit(BEA, periods.day(today), 10**6), Limit(BEA, periods.month(today), 10**6))
    keeper = Keeper(database)
    for each in (allowed, other):
        with database.write() as tx:
            service.open_rows(tx, each, "steady")
    begin = threading.Barrier(20)

    def one(number: int) -> str:
        if number < 20:
            begin.wait()
        mine = other if number % 20 == 0 else allowed
        try:
            with keeper.write() as tx:
                held = service.reserve(tx, mine, tokens, today)
        except BudgetUsedUp:
            return "refused"
        keeper.settle(held, Used("steady", 30, 10))
        return who.subject if mine is allowed else BEA

    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(one, range(210)))
    assert outcomes == {ANA: 50, "refused": 149, BEA: 11}
    assert ledger(database, ANA) == [(2000, 0), (2000, 0)]
    assert ledger(database, BEA) == [(440, 0), (440, 0)]
    with database.read() as tx:
        counted = tx.scalars(select(Use).order_by(Use.subject)).all()
        assert tx.scalars(select(Reservation.id)).all() == []
    assert [(use.requests, use.prompt_tokens, use.completion_tokens) for use in counted] == [
        (50, 1500, 500),
        (11, 330, 110),
    ]


def test_many_questions_at_once_never_overshoot(
    ana: Person, bea: Person, admin: Person, database: Database
) -> None:
    """Over HTTP, with a model that uses less than was reserved: the ledger is what was served, to the token."""
    allow(admin, 1)
    reserved = most(ana)
    allow(admin, 5 * reserved)
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(ana.chat, "slow") for _ in range(60)]
        others = [pool.submit(bea.chat, "steady") for _ in range(4)]
    statuses = Counter(answer.result().status_code for answer in asked)
    assert {answer.result().status_code for answer in others} == {200}
    assert statuses.keys() == {200, 429}
    assert ledger(database, ANA) == [(statuses[200] * COST, 0)] * 2
    assert ledger(database, BEA) == [(4 * COST, 0)] * 2
    assert 5 <= statuses[200] <= 5 * reserved // COST


def test_who_has_used_all_is_told_as_openais_clients_expect_it(ana: Person, admin: Person) -> None:
    allow(admin, 10)
    answer = ana.chat("steady")
    error = read(answer)["error"]
    assert answer.status_code == 429
    assert (error["type"], error["code"]) == ("insufficient_quota", "insufficient_quota")
    assert "10 are left" in error["message"]
    assert answer.headers["X-Budget-Remaining"] == "10"
    assert 0 < int(answer.headers["Retry-After"]) <= 86_401
    assert answer.headers["X-Should-Retry"] == "false"
    assert ana.chat("steady", stream=True).status_code == 429
    embedding = ana.post("/v1/embeddings", json={"model": "embedder", "input": "x" * 100})
    assert embedding.status_code == 429


def test_the_month_counts_as_well(ana: Person, admin: Person) -> None:
    allow(admin, 10**6, month=10)
    answer = ana.chat("steady")
    assert answer.status_code == 429
    assert "in a month" in read(answer)["error"]["message"]
    left = (periods.ends("2026-11", now()) - now()).total_seconds()
    assert abs(int(answer.headers["Retry-After"]) - left) < 5


def test_what_was_reserved_by_a_process_that_is_gone_is_released(
    ana: Person, admin: Person, database: Database, parts: Parts
) -> None:
    allow(admin, 1000)
    held = account.reserve(parts, Identity(ANA, frozenset({"ai:use"})), "steady", 990)
    parts.keeper._forget(held)  # its process has died
    assert ana.chat("steady").status_code == 429
    with database.write() as tx:
        tx.execute(update(Reservation).values(until=now() - timedelta(seconds=1)))
    assert ana.chat("steady").status_code == 200
    assert ledger(database, ANA) == [(COST, 0)] * 2


def test_what_lives_is_not_released(database: Database, parts: Parts) -> None:
    held = account.reserve(parts, Identity(ANA, frozenset({"ai:use"})), "steady", 100)
    with database.write() as tx:
        tx.execute(update(Reservation).values(until=now() - timedelta(seconds=1)))
    parts.keeper.tidy()
    assert ledger(database, ANA) == [(0, 100)] * 2
    parts.keeper.settle(held, None)
    assert ledger(database, ANA) == [(0, 0)] * 2


def test_what_is_settled_after_it_was_released_is_counted_once(database: Database, parts: Parts) -> None:
    held = account.reserve(parts, Identity(ANA, frozenset({"ai:use"})), "steady", 100)
    for _ in range(2):
        with database.write() as tx:
            service.release(tx, held.id)
    parts.keeper.settle(held, Used("steady", 3, 4))
    assert ledger(database, ANA) == [(7, 0)] * 2


def test_what_cannot_be_settled_now_is_settled_later(
    database: Database, parts: Parts, monkeypatch: Any
) -> None:
    held = account.reserve(parts, Identity(ANA, frozenset({"ai:use"})), "steady", 100)
    away = Keeper(Database("sqlite:////nowhere/at/all.db"))
    away.settle(held, Used("steady", 3, 4))
    away._database = database
    away.tidy()
    assert ledger(database, ANA) == [(7, 0)] * 2


def test_it_is_told_once_when_most_is_used(ana: Person, admin: Person, database: Database) -> None:
    limit = 10**6
    allow(admin, limit)
    assert ana.chat("steady").status_code == 200
    with database.write() as tx:
        tx.execute(delete(OUTBOX))
        nearly = update(Spending).where(Spending.subject == ANA)
        tx.execute(nearly.values(used=int(limit * 0.8) - COST - 1))
    told = []
    for _ in range(3):
        assert ana.chat("steady").status_code == 200
        with database.read() as tx:
            told.append(len(tx.execute(select(OUTBOX.c.body)).all()))
    assert told == [0, 1, 1]
    with database.read() as tx:
        (event,) = tx.execute(select(OUTBOX.c.type, OUTBOX.c.subject, OUTBOX.c.body)).all()
    assert (event.type, event.subject) == ("budget.reached.v1", ANA)
    assert json.loads(event.body)["data"]["budget"] == "day"


def test_ones_own_budget_comes_before_that_of_all(ana: Person, bea: Person, admin: Person) -> None:
    allow(admin, 500)
    allow(admin, 700, who=f"person/{ANA}")
    assert [person.usage()["day"]["limit"] for person in (ana, bea)] == [700, 500]
    assert admin.call("DELETE", f"/budgets/person/{ANA}").status_code == 204
    assert admin.call("DELETE", f"/budgets/person/{ANA}").status_code == 404
    assert ana.usage()["day"]["limit"] == 500
    told = read(admin.get("/budgets"))
    assert told["items"] == [{"scope": "everyone", "name": "all", "day": 500, "month": 10**9}]
    assert told["default"] == {"day": 100_000, "month": 1_000_000}


def test_the_largest_of_ones_roles_counts(database: Database, parts: Parts, admin: Person) -> None:
    allow(admin, 10)
    allow(admin, 100, who="role/member")
    allow(admin, 300, who="role/writers")
    with database.read() as tx:
        rules = limits.rules(tx, ANA)
    of: list[tuple[str, ...]] = [(), ("member",), ("member", "writers")]
    amounts = [limits.amounts(rules, partial(tuple, roles), parts.settings).day for roles in of]
    assert amounts == [10, 100, 300]


@pytest.mark.parametrize(
    "path", ["everyone/ana", "nobody/all", "person/" + "x" * 81, "role/all/more", "person/all%20"]
)
def test_no_budget_of_what_does_not_exist(admin: Person, path: str) -> None:
    status = admin.call("PUT", f"/budgets/{path}", json={"day": 1, "month": 1}).status_code
    assert status in {404, 200}
    assert (status == 200) == path.startswith("person/all")


def test_only_administrators_see_and_set_them(ana: Person, admin: Person) -> None:
    assert ana.chat("steady").status_code == 200
    assert ana.get("/budgets").status_code == 403
    assert ana.get("/usage/everybody").status_code == 403
    assert ana.call("PUT", f"/budgets/person/{ANA}", json={"day": 10**9, "month": 10**9}).status_code == 403
    assert ana.call("DELETE", "/budgets/everyone/all").status_code == 403
    assert admin.call("PUT", "/budgets/everyone/all", json={"day": -1, "month": 1}).status_code == 422


def test_use_is_seen_by_person_model_and_day_page_by_page(ana: Person, bea: Person, admin: Person) -> None:
    for person, model in ((ana, "steady"), (ana, "steady"), (ana, "slow"), (bea, "steady")):
        assert person.chat(model).status_code == 200
    rows: list[Any] = []
    query: dict[str, Any] = {"limit": 1}
    while query.get("cursor", "") is not None:
        page = read(admin.get("/usage/everybody", query_string=query))
        rows += page["items"]
        query["cursor"] = page["next"]
    assert [(row["person"], row["model"], row["requests"], row["prompt_tokens"]) for row in rows] == [
        (ANA, "slow", 1, 7), (ANA, "steady", 2, 14), (BEA, "steady", 1, 7),
    ]  # fmt: skip
    (only,) = read(admin.get("/usage/everybody", query_string={"person": BEA}))["items"]
    assert only["person"] == BEA
    assert (
        read(admin.get("/usage/everybody", query_string={"until": "2020-01-01", "since": "2019-01-01"}))[
            "items"
        ]
        == []
    )
    assert admin.get("/usage/everybody", query_string={"cursor": "nonsense"}).status_code == 422
    assert {row["model"] for row in ana.usage()["items"]} == {"slow", "steady"}


def told(database: Database) -> list[Any]:
    with database.read() as tx:
        rows = tx.execute(select(OUTBOX.c.type, OUTBOX.c.body, OUTBOX.c.headers).order_by(OUTBOX.c.number))
        return [
            (json.loads(row.body), json.loads(row.headers))
            for row in rows
            if row.type == "ai.budget_changed.v1"
        ]


def test_each_change_of_a_budget_is_told_to_the_audit_and_who_did_it_is_signed(
    admin: Person, database: Database, issuer: Issuer
) -> None:
    allow(admin, 500, 5000)
    allow(admin, 500, 5000)  # nothing is another now
    allow(admin, 700, 5000)
    here = {"X-Client-Address": "203.0.113.7", "X-Request-ID": "0123456789abcdef"}
    assert admin.call("DELETE", "/budgets/everyone/all", headers=here).status_code == 204
    changes = [body["data"] for body, _ in told(database)]
    assert [(change["before"], change["after"]) for change in changes] == [
        (None, {"day": 500, "month": 5000}),
        ({"day": 500, "month": 5000}, {"day": 700, "month": 5000}),
        ({"day": 700, "month": 5000}, None),
    ]
    assert (changes[2]["address"], changes[2]["request_id"]) == ("203.0.113.7", "0123456789abcdef")
    body, headers = told(database)[0]
    token = MessageVerifier(issuer.url, issuer.keys()).verify(
        headers[HEADER], "ai.budget_changed.v1", body["id"]
    )
    assert token.subject == admin.subject


def test_of_two_who_set_the_same_at_once_both_are_heard(admin: Person, database: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        tuple(pool.map(lambda day: allow(admin, day), (100, 200)))
    first, second = (body["data"] for body, _ in told(database))
    assert first["before"] is None
    assert second["before"] == first["after"]
    (kept,) = read(admin.get("/budgets"))["items"]
    assert kept["day"] == second["after"]["day"]


def test_a_refused_change_is_told_to_nobody(ana: Person, admin: Person, database: Database) -> None:
    assert ana.call("PUT", "/budgets/everyone/all", json={"day": 1, "month": 1}).status_code == 403
    assert admin.call("DELETE", "/budgets/role/nobody").status_code == 404
    extra = {"day": 1, "month": 1, "scope": "person"}
    assert admin.call("PUT", "/budgets/everyone/all", json=extra).status_code == 422
    assert told(database) == []


def used(database: Database, *rows: tuple[str, int, str, int]) -> None:
    """Who, how many days ago, which model, how many tokens."""
    with database.write() as tx:
        for subject, ago, model, tokens in rows:
            day, numbers = periods.day(now() - timedelta(days=ago)), {"requests": 2, "completion_tokens": 1}
            tx.add(Use(subject=subject, day=day, model=model, prompt_tokens=tokens - 1, **numbers))


def test_use_is_added_up_by_day_and_by_model(admin: Person, database: Database) -> None:
    used(
        database,
        (ANA, 0, "small", 10),
        (ANA, 0, "big", 30),
        (BEA, 0, "small", 5),
        (ANA, 6, "small", 3),
        ("visitors", 6, "small", 4),
        (ANA, 7, "big", 1000),
    )
    seen = read(admin.get("/usage/overview", query_string={"days": 7}))
    tokens = [day["prompt_tokens"] + day["completion_tokens"] for day in seen["days"]]
    assert tokens == [7, 0, 0, 0, 0, 0, 45]
    assert [day["people"] for day in seen["days"]] == [1, 0, 0, 0, 0, 0, 2]
    assert seen["people"] == 2
    assert [(model["model"], model["requests"], model["prompt_tokens"]) for model in seen["models"]] == [
        ("big", 2, 29), ("small", 8, 18),
    ]  # fmt: skip
    hers = read(admin.get("/usage/overview", query_string={"days": 1, "person": BEA}))
    assert [model["model"] for model in hers["models"]] == ["small"]
    assert admin.get("/usage/overview", query_string={"days": 0}).status_code == 422


def test_the_largest_users_come_first_page_by_page(admin: Person, database: Database) -> None:
    names = [f"01920000-0000-7000-8000-{number:012d}" for number in range(5)]
    used(database, *((name, 0, "small", 10 if name < names[3] else 50) for name in names))
    used(database, (names[0], 1, "big", 10**12), ("visitors", 0, "small", 20), (names[1], 400, "big", 10**12))
    seen: list[dict[str, Any]] = []
    query: dict[str, Any] = {"days": 90, "limit": 2}
    while query.get("cursor", "") is not None:
        page = read(admin.get("/usage/people", query_string=query))
        seen += page["items"]
        query["cursor"] = page["next"]
    assert [row["person"] for row in seen] == [
        names[0], names[3], names[4], "visitors", names[1], names[2],
    ]  # fmt: skip
    assert seen[0]["prompt_tokens"] + seen[0]["completion_tokens"] == 10**12 + 10
    assert seen[0]["last_day"] == periods.day(now())
    only = read(admin.get("/usage/people", query_string={"person": [names[2], BEA]}))["items"]
    assert [row["person"] for row in only] == [names[2]]
    for cursor in ("nonsense", cursors.told("1", "2"), cursors.told(1), cursors.told(1, "2", "3")):
        assert admin.get("/usage/people", query_string={"cursor": cursor}).status_code == 422


def test_an_administrator_sees_somebodys_budgets_and_for_whom_they_were_set(
    ana: Person, admin: Person
) -> None:
    def hers() -> tuple[int, str]:
        seen = read(admin.get(f"/usage/people/{ANA}"))
        return seen["day"]["limit"], seen["scope"]

    assert hers() == (100_000, "default")
    allow(admin, 500)
    assert hers() == (500, "everyone")
    allow(admin, 700, who=f"person/{ANA}")
    assert hers() == (700, "person")
    assert ana.chat("steady").status_code == 200
    assert read(admin.get(f"/usage/people/{ANA}"))["day"] == ana.usage()["day"]
    assert ana.usage()["day"]["used"] == COST


def test_use_is_a_file_for_spreadsheets_too(
    admin: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    used(database, (ANA, 0, "=cmd", 10), (BEA, 0, "small", 20), (ANA, 3, "small", 30), (BEA, 40, "small", 1))
    answer = admin.get("/usage/export", query_string={"days": 30})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ai-use.csv"'
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert [(row["person"], row["model"], row["prompt_tokens"]) for row in rows] == [
        (ANA, "'=cmd", "9"), (BEA, "small", "19"), (ANA, "small", "29"),
    ]  # fmt: skip
    hers = admin.get("/usage/export", query_string={"days": 30, "person": BEA})
    assert len(hers.text.splitlines()) == 2


@pytest.mark.parametrize(
    "path", ["/usage/overview", "/usage/people", f"/usage/people/{BEA}", "/usage/export"]
)
def test_what_others_use_is_for_administrators_only(ana: Person, visitor: Person, path: str) -> None:
    assert ana.get(path).status_code == 403
    assert visitor.get(path).status_code == 401


def test_what_is_refused_is_counted_by_whose_budget_it_was(app: APIFlask, ana: Person, admin: Person) -> None:
    def refusals() -> float:
        registry = app.extensions["metrics"].registry
        labels = {"whose": "person", "budget": "day"}
        return registry.get_sample_value("ai_budget_refusals_total", labels) or 0.0

    allow(admin, 10)
    before = refusals()
    for _ in range(2):
        assert ana.chat("steady").status_code == 429
    assert ana.post("/v1/embeddings", json={"model": "embedder", "input": "x" * 100}).status_code == 429
    assert refusals() == before + 3


@pytest.mark.parametrize(
    ("period", "moment", "end"),
    [
        ("2026-11-25", datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2024-02", datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
    ],
)
def test_periods_end_at_midnight_in_utc(period: str, moment: datetime, end: datetime) -> None:
    assert periods.ends(period, moment) == end


def test_of_visitors_nothing_is_kept_but_for_the_day(database: Database) -> None:
    before = [now() - timedelta(days=days) for days in (3, 2, 0)]
    with database.write() as tx:
        for subject, moment in ((ANA, before[0]), *(("visitor:01", moment) for moment in before)):
            tx.add(Spending(subject=subject, period=periods.day(moment), used=5, held=0, warned=0))
    Keeper(database).tidy()
    with database.read() as tx:
        kept = {(row.subject, row.period) for row in tx.scalars(select(Spending))}
    assert kept == {(ANA, periods.day(before[0])), ("visitor:01", periods.day(before[2]))}


def test_what_was_reserved_yesterday_is_settled_there(database: Database, parts: Parts) -> None:
    yesterday = now() - timedelta(days=1)
    limit = Limit(ANA, periods.day(yesterday), 100)
    allowed = Allowance(limit, Limit(ANA, periods.month(yesterday), 1000))
    with database.write() as tx:
        service.open_rows(tx, allowed, "steady")
    with database.write() as tx:
        held: Held = service.reserve(tx, allowed, 50, yesterday)
    parts.keeper.settle(held, Used("steady", 1, 2))
    with database.read() as tx:
        assert [(spent.used, spent.held) for spent in service.spent(tx, allowed.keys)] == [(3, 0)] * 2
        assert tx.scalars(select(Use.day)).all() == [periods.day(yesterday)]


@pytest.mark.parametrize("scope", [{"ai:use"}, set[str]()], ids=["member", "pending"])
def test_of_who_is_erased_in_the_middle_of_a_request_nothing_comes_back(
    database: Database, parts: Parts, scope: set[str]
) -> None:
    held = account.reserve(parts, Identity(ANA, frozenset(scope)), "steady", 100)
    with database.write() as tx:
        assert own_data.erase(tx, ANA)
    parts.keeper.settle(held, Used("steady", 3, 4))
    with database.read() as tx:
        assert tx.scalars(select(Use).where(Use.subject == ANA)).all() == []
        assert tx.scalars(select(Reservation.id)).all() == []
    assert ledger(database, ANA) == []
    assert all(reserved == 0 for _, reserved in ledger(database, limits.VISITORS))

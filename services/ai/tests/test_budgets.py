"""Budgets: exact to the token, whatever comes at the same time, and whatever dies in between."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import select, update

from ai.budgets import account, limits, own_data, periods, service
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
            service.open_rows(tx, each, "steady", today)
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
        amounts = [
            limits.amounts(tx, ANA, roles, parts.settings)[0]
            for roles in ([], ["member"], ["member", "writers"])
        ]
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
        service.open_rows(tx, allowed, "steady", yesterday)
    with database.write() as tx:
        held: Held = service.reserve(tx, allowed, 50, yesterday)
    parts.keeper.settle(held, Used("steady", 1, 2))
    with database.read() as tx:
        assert service.spent(tx, limit) == (3, 0)
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

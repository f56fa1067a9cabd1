"""What a visitor may try: shortly, and within a budget of the address and of all visitors."""

from typing import Any

import pytest

from ai.budgets import account
from ai.budgets.service import Used
from ai.parts import Parts
from ai.problems import BudgetUsedUp
from ai.tests.people import ANA, Person, events, read, said
from servicekit.identity import Identity

HELLO = {"messages": [{"role": "user", "content": "Hello"}]}


def test_a_visitor_chats_a_little(visitor: Person) -> None:
    answer = visitor.post("/trial/chat", json=HELLO)
    told = read(answer)
    assert answer.status_code == 200
    assert told["usage"]["completion_tokens"] <= 128
    assert int(answer.headers["X-Budget-Remaining"]) == 2000 - told["usage"]["total_tokens"]
    assert said(events(visitor.post("/trial/chat", json=HELLO | {"stream": True})))


def test_and_then_no_more_but_another_visitor_does(visitor: Person) -> None:
    other = Person(visitor.app, visitor.issuer, "visitor:02", scope="")
    parts: Parts = visitor.app.extensions["ai"]
    assert visitor.post("/trial/chat", json=HELLO).status_code == 200
    held = account.reserve(parts, Identity(visitor.subject or "", frozenset()), "any", 1830)
    parts.keeper.settle(held, Used("any", 1830, 0))
    refused = visitor.post("/trial/chat", json=HELLO)
    assert (refused.status_code, read(refused)["type"]) == (429, "/docs/errors/budget-used-up")
    assert other.post("/trial/chat", json=HELLO).status_code == 200


def test_visitors_use_is_counted_for_all_of_them_together(visitor: Person) -> None:
    told = read(visitor.post("/trial/chat", json=HELLO))
    admin = Person(visitor.app, visitor.issuer, "01920000-0000-7000-8000-0000000000ad", scope="ai:manage")
    (row,) = read(admin.get("/usage/everybody"))["items"]
    assert (row["person"], row["requests"]) == ("visitors", 1)
    assert row["prompt_tokens"] + row["completion_tokens"] == told["usage"]["total_tokens"]


def test_nothing_else_is_open_to_visitors(visitor: Person, nobody: Person) -> None:
    body: dict[str, Any] = {"model": "steady", **HELLO}
    for person in (visitor, nobody):
        assert person.post("/v1/chat/completions", json=body).status_code == 401
        assert person.get("/usage").status_code == 401
    assert nobody.post("/trial/chat", json=HELLO).status_code == 401


def test_what_is_more_than_a_try_is_refused(visitor: Person) -> None:
    long = {"messages": [{"role": "user", "content": "x" * 501}]}
    system = {"messages": [{"role": "system", "content": "x"}]}
    bodies: list[dict[str, Any]] = [long, system, HELLO | {"model": "steady"}, HELLO | {"max_tokens": 5000}]
    for body in [*bodies, {"messages": []}]:
        assert visitor.post("/trial/chat", json=body).status_code == 422


def test_who_waits_for_approval_tries_as_little_as_a_visitor(visitor: Person) -> None:
    """Anyone can sign in and wait: that must not be worth a member's budget."""
    pending = Person(visitor.app, visitor.issuer, ANA, scope="")
    told = read(pending.post("/trial/chat", json=HELLO))
    parts: Parts = visitor.app.extensions["ai"]
    assert told["usage"]["total_tokens"] > 0
    with pytest.raises(BudgetUsedUp):
        account.reserve(parts, Identity(ANA, frozenset()), "any", 2000)
    admin = Person(visitor.app, visitor.issuer, "01920000-0000-7000-8000-0000000000ad", scope="ai:manage")
    assert [row["person"] for row in read(admin.get("/usage/everybody"))["items"]] == ["visitors"]


def test_all_visitors_together_are_one_in_the_line(
    visitor: Person, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses are cheap: a crowd of them must not hold up the people."""
    relay, waiting = visitor.app.extensions["ai"].relay, list[str]()
    really = relay.ask

    def ask(chain: Any, asked: Any, tokens: int, person: str) -> Any:
        waiting.append(person)
        return really(chain, asked, tokens, person)

    monkeypatch.setattr(relay, "ask", ask)
    other = Person(visitor.app, visitor.issuer, "visitor:02", scope="")
    for person in (visitor, other):
        assert person.post("/trial/chat", json=HELLO).status_code == 200
    assert ana.chat("steady").status_code == 200
    assert waiting == ["visitors", "visitors", ANA]

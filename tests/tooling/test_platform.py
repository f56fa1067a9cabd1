"""The running platform that other tests are given, and the people signed in to it."""

from collections.abc import Callable

import httpx2
import pytest

from tests.support.people import Account
from tests.support.platform import Platform

SignIn = Callable[[Account], httpx2.Client]


def test_every_part_is_ready(stack: Platform) -> None:
    assert all(part.is_ready() for part in stack.parts.values())
    assert list(stack.parts) == [
        "gateway",
        "backend",
        "documents",
        "ai",
        "demo_idp",
        "backend_worker",
        "documents_worker",
        "ai_worker",
        "backend_streams",
    ]


@pytest.mark.parametrize(
    ("account", "status", "roles"),
    [
        ("ada", "active", ["admin"]),
        ("mar", "active", ["member"]),
        ("pau", "pending", []),
        ("eva", "pending", []),
    ],
)
def test_each_account_of_the_demo_is_who_the_box_says(
    signed_in: SignIn, account: Account, status: str, roles: list[str]
) -> None:
    told = signed_in(account).get("/api/account").json()
    assert (told["status"], told["roles"]) == (status, roles)


@pytest.mark.parametrize("name", ["gateway", "backend"])
def test_a_part_that_was_killed_starts_again(stack: Platform, visitor: httpx2.Client, name: str) -> None:
    stack.kill(name)
    assert not stack.parts[name].is_ready()
    stack.start(name)
    assert visitor.get("/.well-known/jwks.json").status_code == 200

"""Everybody at every door: each operation of each contract, asked for through the gateway, against the policy."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from backend.policy import read_policy
from scripts.shell import ROOT
from tests.support import people
from tests.support.command_line import credentials_from
from tests.support.platform import Platform, running_platform

NOBODY, PENDING = "nobody", "pending"
ACCOUNTS: dict[str, people.Account] = {PENDING: "pau", "member": "mar", "admin": "ada"}
LEAVE = "DELETE /api/account"
SIGN_OUT = {"POST /auth/logout", "DELETE /api/account/sessions"}
METHODS = {"get", "post", "put", "patch", "delete"}


@dataclass(frozen=True)
class Operation:
    """One operation of a contract, and what it asks of who comes."""

    service: str
    method: str
    path: str
    security: tuple[frozenset[str], ...]
    """Any of these sets of permissions will do; a set is absent for visitors."""
    open_to_visitors: bool
    open_to_all: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        return re.sub(r"\{\w+\}", "00000000-0000-7000-8000-000000000000", self.path)

    def verdict(self, who: str) -> set[int]:
        """The refusal that is right for `who`; empty: none."""
        if self.open_to_all or self.open_to_visitors:
            return set()
        if who == NOBODY:
            return {401}
        if who == PENDING:
            return {403} if self.service != "backend" or any(self.security) else set()
        held = read_policy().roles[who]
        return set() if any(wanted <= held for wanted in self.security) else {403}


def operations() -> Iterator[Operation]:
    for file in sorted((ROOT / "contracts").glob("*.openapi.json")):
        contract = json.loads(file.read_text(encoding="utf-8"))
        for path, item in sorted(contract["paths"].items()):
            for method in sorted(item.keys() & METHODS):
                yield _operation(file.name.split(".")[0], method, path, item[method]["security"])


def _operation(service: str, method: str, path: str, security: list[dict[str, Any]]) -> Operation:
    asked = tuple(frozenset(way["identity"]) for way in security if "identity" in way)
    return Operation(service, method.upper(), path, asked, {} in security, security == [])


@pytest.fixture(scope="module")
def own() -> Iterator[Platform]:
    """A platform that no other test uses: in the end its people delete their accounts."""
    with running_platform() as platform:
        yield platform


@pytest.mark.parametrize("who", [NOBODY, *ACCOUNTS])
def test_everybody_may_what_the_contract_says_and_nothing_else(own: Platform, who: str) -> None:
    client = _client(own, who)
    wrong = {}
    for operation in sorted(operations(), key=lambda operation: str(operation) == LEAVE):
        body: dict[str, str] | None = {} if operation.method in {"POST", "PUT", "PATCH"} else None
        status = _status(client, operation, body)
        if {status} & {401, 403} != operation.verdict(who):
            wrong[str(operation)] = status
        if str(operation) in SIGN_OUT:
            client.close()
            client = _client(own, who)
    client.close()
    assert wrong == {}


OPEN_TO_PROGRAMS = {"GET /api/account", "GET /api/account/events"}
OPEN_TO_SIGNED_IN_PROGRAMS = {"GET /api/account/tokens", "DELETE /api/account/tokens/{token_id}"}
ABOUT_ONESELF = ("/api/account", "/api/invitations", "/api/admin")


@pytest.mark.parametrize("kind", ["program", "access token"])
def test_programs_of_an_administrator_change_nothing_of_accounts(stack: Platform, kind: str) -> None:
    """Given what is usual, and no administrator's permission; a wrong body may be told before the guard is asked."""
    with closing(people.sign_in(stack.url, "ada")) as ada:
        credential = credentials_from(ada).access if kind == "program" else _token_of(ada)
    allowed = OPEN_TO_PROGRAMS | (OPEN_TO_SIGNED_IN_PROGRAMS if kind == "program" else set())
    own = [operation for operation in operations() if operation.path.startswith(ABOUT_ONESELF)]
    headers = {"Authorization": f"Bearer {credential}"}
    met: dict[str, int] = {}
    with httpx2.Client(base_url=stack.url, headers=headers, trust_env=False) as program:
        for operation in own:
            body: dict[str, str] | None = {} if operation.method in {"POST", "PUT", "PATCH"} else None
            met[str(operation)] = _status(program, operation, body)
    entered = {operation for operation, status in met.items() if status not in {403, 422}}
    assert entered == allowed
    assert {met["DELETE /api/account"], met["DELETE /api/account/sessions"]} == {403}


def _token_of(person: httpx2.Client) -> str:
    draft = {"name": "of an administrator", "permissions": ["documents:read", "documents:write"]}
    return str(person.post("/api/account/tokens", json=draft).json()["token"])


def test_the_contracts_are_not_empty() -> None:
    listed = list(operations())
    assert len(listed) > 30
    assert {operation.service for operation in listed} == {"ai", "backend", "documents"}
    assert {frozenset({"users:manage"})} in [set(operation.security) for operation in listed]


def _status(client: httpx2.Client, operation: Operation, body: dict[str, str] | None) -> int:
    """Some answers have no end."""
    with client.stream(operation.method, operation.address, json=body) as answer:
        return answer.status_code


def _client(stack: Platform, who: str) -> httpx2.Client:
    return people.visitor(stack.url) if who == NOBODY else people.sign_in(stack.url, ACCOUNTS[who])

"""contracts/ holds what the services really are."""

import json
import tomllib
from typing import Any

import pytest
from openapi_spec_validator import validate

from backend.policy import read_policy
from scripts.contracts import SERVICES, openapi
from scripts.shell import ROOT

CONTRACTS = ROOT / "contracts"


def contract(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((CONTRACTS / f"{name}.openapi.json").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("name", SERVICES)
def test_the_contract_is_what_the_service_says(name: str) -> None:
    """If this fails: `make contracts`, and look at what has changed for those who use the API."""
    assert json.loads(openapi(name)) == contract(name)


@pytest.mark.parametrize("name", SERVICES)
def test_the_contract_is_valid(name: str) -> None:
    validate(contract(name))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_asks_only_for_permissions_that_its_tokens_may_carry(name: str) -> None:
    asked = {
        permission
        for item in contract(name)["paths"].values()
        for operation in item.values()
        for requirement in operation.get("security", [])
        for permission in requirement.get("identity", [])
    }
    assert asked <= read_policy().audiences[name]


def test_every_permission_is_explained_and_held_by_somebody() -> None:
    told = tomllib.loads((CONTRACTS / "policy.toml").read_text(encoding="utf-8"))
    policy = read_policy()
    assert all(told["permissions"].values())
    assert policy.roles["admin"] == frozenset(policy.described)
    assert policy.roles["member"] < policy.described.keys()

"""A program that its person signs in (RFC 8628), as HTTP: what the `zaguan` client and the browser do."""

from typing import Any

import httpx2

CLIENT = "zaguan"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


def begin(program: httpx2.Client) -> dict[str, Any]:
    """The codes of a program that wants to be signed in."""
    headers = {"User-Agent": "zaguan/0.1 (Linux; workshop)"}
    asked = program.post("/oauth/device_authorization", data={"client_id": CLIENT}, headers=headers)
    assert asked.status_code == 200, asked.text
    return dict(asked.json())


def ask(program: httpx2.Client, begun: dict[str, Any]) -> httpx2.Response:
    """What the program gets for its device code."""
    form = {"client_id": CLIENT, "grant_type": DEVICE_CODE, "device_code": begun["device_code"]}
    return program.post("/oauth/token", data=form)


def refresh(program: httpx2.Client, text: str) -> httpx2.Response:
    form = {"client_id": CLIENT, "grant_type": "refresh_token", "refresh_token": text}
    return program.post("/oauth/token", data=form)


def let_in(person: httpx2.Client, begun: dict[str, Any]) -> None:
    """Its person, who has just signed in, approves at the browser."""
    approved = person.post("/api/account/programs/approve", json={"user_code": begun["user_code"]})
    assert approved.status_code == 204, approved.text

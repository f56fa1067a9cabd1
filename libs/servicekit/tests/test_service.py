"""What create_service gives: health, metrics, request ids, logs; and a service in ten lines."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from apiflask import APIBlueprint, APIFlask

from servicekit import command, create_service, current_identity, require
from servicekit.guards import Room, signed_in
from servicekit.settings import Settings, SettingsError
from servicekit.testing import Issuer


def test_a_service_in_ten_lines(issuer: Issuer) -> None:
    hello = APIBlueprint("hello", __name__)

    @hello.get("")
    @require("documents:read")
    def greet() -> dict[str, str]:
        return {"hello": current_identity().subject}

    app = create_service(
        "hello", Settings(), rooms=[Room(hello, "/api/hello", signed_in)], keys=issuer.keys()
    )

    def ask(**headers: str) -> tuple[int, str | None]:
        answer = app.test_client().get("/api/hello", headers=headers)
        return answer.status_code, answer.get_json().get("hello")

    assert ask() == (401, None)
    assert ask(Authorization=f"Bearer {issuer.token('hello', 'ana')}") == (403, None)
    assert ask(Authorization=f"Bearer {issuer.token('hello', 'ana', 'documents:read')}") == (200, "ana")
    assert ask(Authorization=f"Bearer {issuer.token('documents', 'ana', 'documents:read')}") == (401, None)


def test_it_lives_even_if_what_it_needs_does_not() -> None:
    def broken() -> None:
        raise RuntimeError("s3cret")

    client = create_service("house", Settings(), checks={"good": lambda: None, "bad": broken}).test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()) == (503, {"good": "ok", "bad": "failing"})


def test_requests_are_counted(house: APIFlask) -> None:
    client = house.test_client()
    for path in ("/public", "/public", "/people", "/nowhere"):
        client.get(path)
    metrics = client.get("/metrics")
    assert metrics.content_type.startswith("text/plain")
    assert 'http_requests_total{endpoint="public.anything",method="GET",status="200"} 2.0' in metrics.text
    assert 'http_requests_total{endpoint="people.enter",method="GET",status="401"} 1.0' in metrics.text
    assert 'http_requests_total{endpoint="none",method="GET",status="404"} 1.0' in metrics.text


def test_a_request_keeps_its_id(house: APIFlask) -> None:
    answer = house.test_client().get("/public", headers={"X-Request-ID": "0123456789abcdef"})
    assert answer.headers["X-Request-ID"] == "0123456789abcdef"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space", "ñandúñandú", "a;b,c<d>e"])
def test_an_id_that_could_be_anything_is_replaced(house: APIFlask, given: str) -> None:
    answer = house.test_client().get("/public", headers={"X-Request-ID": given})
    assert answer.headers["X-Request-ID"] != given
    assert len(answer.headers["X-Request-ID"]) == 36


LOGGING = """
import logging, structlog
from servicekit import logs
logs.configure("INFO", "house")
structlog.get_logger().debug("hidden")
structlog.get_logger().info("told", user="ana")
try: 1 / 0
except ZeroDivisionError as error: structlog.get_logger().error("broken", exc_info=error)
logging.getLogger("library").warning("also %s", "told")
"""


def test_logs_are_json_lines() -> None:
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", LOGGING],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": root},
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["event"] for line in lines] == ["told", "broken", "also told"]
    assert {line["service"] for line in lines} == {"house"}
    assert (lines[0]["user"], lines[0]["level"]) == ("ana", "info")
    assert "ZeroDivisionError" in lines[1]["exception"]


def test_a_command_is_run_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []
    monkeypatch.setattr(sys, "argv", ["house", "paint"])
    command.main("house", {"paint": lambda: run.append("paint"), "burn": lambda: run.append("burn")})
    assert run == ["paint"]


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["paint", "more"]])
def test_another_command_is_told_which_there_are(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["house", *arguments])
    with pytest.raises(SystemExit, match=r"usage: python -m house paint\|burn"):
        command.main("house", {"paint": lambda: None, "burn": lambda: None})


def test_a_wrong_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def web() -> None:
        raise SettingsError("PORT: too large")

    monkeypatch.setattr(sys, "argv", ["house", "web"])
    with pytest.raises(SystemExit) as stopped:
        command.main("house", {"web": web})
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "house: PORT: too large\n"

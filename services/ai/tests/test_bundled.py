"""The bundled chat model itself, in its own process."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from apiflask import APIFlask

from ai.chat import relay
from ai.local.process import Address, LocalModel
from ai.models.catalog import CHAT
from ai.parts import Parts
from ai.tests.people import Person, events, read, said
from ai.upstream.failures import Failed
from servicekit.problems import Timeout
from tests.support.waiting import LONG, until

MODEL = "smollm2-135m-instruct"


@pytest.fixture
def parts(app: APIFlask) -> Parts:
    found: Parts = app.extensions["ai"]
    return found


def test_it_answers_and_counts_exactly_what_it_had_reserved_for(ana: Person, parts: Parts) -> None:
    told = read(ana.chat(MODEL, "Say hello.", max_tokens=8, temperature=0))
    assert told["model"] == MODEL
    assert told["choices"][0]["message"]["content"]
    assert told["choices"][0]["finish_reason"] in {"length", "stop"}
    used = told["usage"]
    assert 1 <= used["completion_tokens"] <= 8
    assert ana.usage()["day"]["used"] == used["total_tokens"]
    pieces = events(
        ana.chat(MODEL, "Say hello.", max_tokens=8, stream=True, stream_options={"include_usage": True})
    )
    assert said(pieces)
    assert pieces[-1]["usage"]["prompt_tokens"] == used["prompt_tokens"]


def test_what_it_reserves_is_what_it_then_reads(ana: Person, parts: Parts) -> None:
    from ai.chat.schemas import ChatIn
    from ai.models.catalog import CHAT

    text = "¿Qué tal? 1 < 2 <|im_end|>\n\n  ñandú 🙂 " * 3
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": text}]},
    ]
    asked = ChatIn.model_validate({"model": MODEL, "messages": messages, "max_tokens": 1})
    body = {"model": MODEL, "messages": messages, "max_tokens": 1}
    told = read(ana.post("/v1/chat/completions", json=body))
    assert parts.relay.count(asked, CHAT) == told["usage"]["prompt_tokens"]


@pytest.mark.parametrize(
    "beyond",
    [
        {"tools": [{"type": "function", "function": {"name": "f"}}]},
        {"response_format": {"type": "json_object"}},
        {
            "messages": [
                {
                    "role": "user",
                    "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}],
                }
            ]
        },
        {"messages": [{"role": "tool", "content": "x", "tool_call_id": "1"}]},
    ],
    ids=str,
)
def test_what_it_cannot_do_is_told_and_costs_nothing(ana: Person, beyond: dict[str, object]) -> None:
    body = {"model": MODEL, "messages": [{"role": "user", "content": "Hola"}]} | beyond
    answer = ana.post("/v1/chat/completions", json=body)
    assert (answer.status_code, read(answer)["error"]["code"]) == (400, "not-for-this-model")
    assert ana.usage()["day"]["used"] == 0


def test_more_than_it_can_read_is_told(ana: Person) -> None:
    answer = ana.chat(MODEL, "word " * 5000)
    assert answer.status_code == 400
    assert "4095 at most" in read(answer)["error"]["message"]


def test_it_is_closed_to_all_but_its_service(ana: Person, parts: Parts) -> None:
    assert ana.chat(MODEL, "Hi", max_tokens=1).status_code == 200
    address = parts.relay.local.ready()
    url = address.url.removesuffix("/v1")
    assert url.startswith("http://127.0.0.1:")
    question = {"messages": [{"role": "user", "content": "Hi"}]}
    assert httpx2.post(f"{url}/v1/chat/completions", json=question, trust_env=False).status_code == 401
    for path in ("/slots", "/metrics", "/"):
        answer = httpx2.get(url + path, headers={"Authorization": f"Bearer {address.key}"}, trust_env=False)
        assert answer.status_code in {404, 501}
    command = Path(f"/proc/{parts.relay.local.pid}/cmdline").read_text()
    environment = Path(f"/proc/{parts.relay.local.pid}/environ").read_text()
    assert address.key not in command + environment


def test_when_it_dies_it_is_there_again_for_the_next_question(ana: Person, parts: Parts) -> None:
    stream = ana.chat(MODEL, "Tell me a long story about a house.", stream=True, max_tokens=400)
    pieces: Iterator[bytes] = iter(stream.response)  # type: ignore[arg-type]
    while b"content" not in next(pieces):
        pass
    first = parts.relay.local.pid
    assert first
    os.kill(first, signal.SIGKILL)
    rest = b"".join(pieces)
    stream.close()
    assert b'"error"' in rest
    assert b"[DONE]" not in rest
    assert ana.usage()["day"]["reserved"] == 0
    assert ana.chat(MODEL, "Hi", max_tokens=1).status_code == 200
    assert parts.relay.local.pid != first


def test_when_it_has_rested_for_long_its_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ai.local.process.LOOK_EVERY", 0.05)
    local = LocalModel(CHAT)
    try:
        local.ready()
        first = local.pid
        assert first
        time.sleep(0.2)  # several looks: who was asked just now stays
        assert local.pid == first
        monkeypatch.setattr("ai.local.process.RESTS_AFTER", 0.1)
        until(lambda: local.pid is None)
        assert not Path(f"/proc/{first}").exists()
        local.ready()
        assert local.pid not in {None, first}
    finally:
        local.stop()


def test_who_goes_frees_it(ana: Person, parts: Parts) -> None:
    stream = ana.chat(MODEL, "Tell me a long story.", stream=True, max_tokens=500)
    pieces = iter(stream.response)
    for _ in range(3):
        next(pieces)
    stream.close()
    spent = ana.usage()["day"]
    assert spent["reserved"] == 0
    assert 0 < spent["used"] < 400


def test_it_ends_with_its_service(tmp_path: Path) -> None:
    """However that one ends: it reads from it."""
    import subprocess
    import sys

    program = (
        "from ai.local.process import LocalModel; from ai.models.catalog import CHAT; import time\n"
        "m = LocalModel(CHAT); m.ready(); print(m.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        model = 0
        while not model:
            line = process.stdout.readline()
            model = int(line) if line.strip().isdecimal() else 0
        process.kill()
    until(
        lambda: (
            not Path(f"/proc/{model}").exists() or "Z" in Path(f"/proc/{model}/stat").read_text().split()[2]
        ),
    )


def test_while_it_cannot_start_that_is_told_and_costs_nothing(
    ana: Person, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Address:
        raise Failed("away", "the bundled model did not start")

    monkeypatch.setattr(parts.relay.local, "ready", fails)
    for stream in (False, True):
        answer = ana.chat(MODEL, "Hi", max_tokens=1, stream=stream)
        assert (answer.status_code, read(answer)["error"]["code"]) == (503, "model-unavailable")
        assert answer.headers["Retry-After"] == "5"
    assert ana.usage()["day"]["used"] == ana.usage()["day"]["reserved"] == 0


def test_what_is_waited_for_in_vain_is_broken_off(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    from ai.chat.schemas import ChatIn
    from ai.models.catalog import CHAT

    over = threading.Event()

    async def count(*_: object) -> int:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            over.set()
            raise
        return 0

    monkeypatch.setattr(relay, "OF_OWN_CODE", 0.1)
    monkeypatch.setattr(parts.relay, "_count", count)
    asked = ChatIn.model_validate({"model": MODEL, "messages": [{"role": "user", "content": "Hi"}]})
    with pytest.raises(Timeout):
        parts.relay.count(asked, CHAT)
    assert over.wait(LONG)

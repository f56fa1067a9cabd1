"""Models elsewhere that lie, never stop, or answer what nobody could pass on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Any

import pytest
from apiflask import APIFlask

from ai.budgets import cursors
from ai.parts import SEEKING, Parts
from ai.tests.people import Person, events, read, said
from ai.tests.upstreams import FakeUpstream
from ai.upstream import sse
from ai.upstream.failures import Failed
from servicekit.presence import ClientGone
from servicekit.testing import Issuer
from tests.support.waiting import until

RESERVED = 110  # what a question may cost at most: its frame, its bytes, and an answer of 20 tokens


def used(person: Person) -> int:
    day = person.usage()["day"]
    assert day["reserved"] == 0
    return int(day["used"])


@pytest.mark.parametrize("stream", [False, True])
def test_a_model_that_counts_nothing_has_not_counted(ana: Person, *, stream: bool) -> None:
    answer = ana.chat("counts-nothing", stream=stream)
    assert answer.status_code == 200
    assert answer.text
    assert used(ana) >= 4


@pytest.mark.parametrize("stream", [False, True])
def test_no_request_costs_more_than_was_held_for_it(ana: Person, *, stream: bool) -> None:
    more: dict[str, Any] = {"stream_options": {"include_usage": True}} if stream else {}
    answer = ana.chat("counts-absurdly", stream=stream, **more)
    told = events(answer)[-1] if stream else read(answer)
    assert told["usage"]["total_tokens"] == used(ana) == RESERVED


def test_embeddings_are_counted_by_what_can_be(ana: Person) -> None:
    for kind in ("counts-nothing", "counts-absurdly"):
        before = used(ana)
        answer = ana.post("/v1/embeddings", json={"model": f"embedder-{kind}", "input": ["uno", "dos"]})
        assert answer.status_code == 200
        assert 0 < used(ana) - before <= len("uno" + "dos") + 2 * 4


def test_a_model_that_never_stops_is_stopped(ana: Person, upstream: FakeUpstream) -> None:
    answer = ana.chat("never-stops", stream=True)
    pieces = events(answer)
    assert pieces[-1]["error"]["code"] == "model-failed"
    assert len(said(pieces)) < 1000
    assert used(ana) <= RESERVED
    until(lambda: upstream.broken_off("never-stops") > 0)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("kind", ["compressed", "no-number", "no-text", "no-calls", "no-end", "too-deep"])
def test_what_could_not_be_passed_on_is_a_failure_and_free(ana: Person, kind: str, *, stream: bool) -> None:
    answer = ana.chat(kind, stream=stream)
    in_time = answer.status_code == 502  # else a stream has begun, and it is an event
    told = read(answer) if in_time or not stream else events(answer)[-1]
    assert told["error"]["code"] == "model-failed"
    assert used(ana) == 0


@pytest.mark.parametrize("stream", [False, True])
def test_half_a_character_is_told_as_what_it_is(ana: Person, *, stream: bool) -> None:
    answer = ana.chat("half", stream=stream)
    text = said(events(answer)) if stream else read(answer)["choices"][0]["message"]["content"]
    assert text == "half a ? sign"


def test_a_number_that_no_program_knows_is_refused(ana: Person) -> None:
    body = '{"model": "steady", "messages": [{"role": "user", "content": "a", "tool_calls": [{"a": 1e999}]}]}'
    answer = ana.post("/v1/chat/completions", data=body, content_type="application/json")
    assert answer.status_code == 400


def objects(*pieces: bytes) -> list[dict[str, Any]]:
    async def given() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    async def all_of_them() -> list[dict[str, Any]]:
        return [told async for told in sse.objects(given())]

    return asyncio.run(all_of_them())


def test_events_come_in_any_pieces() -> None:
    text = b'data: {"a": 1}\n\n: comment\ndata: {"b": "\xc3\xb1"}\n\ndata: [DONE]\n\n'
    for size in range(1, len(text) + 1):
        assert objects(*(text[at : at + size] for at in range(0, len(text), size))) == [{"a": 1}, {"b": "ñ"}]


def test_a_line_without_end_is_given_up_and_costs_no_time() -> None:
    """Each of its pieces was once copied with all that came before it."""
    with pytest.raises(Failed, match="too much"):
        objects(*[b"aaaa"] * 600_000)


def test_what_is_much_too_long_for_the_bundled_model_is_refused_before_it_is_counted(ana: Person) -> None:
    answer = ana.chat("smollm2-135m-instruct", "a" * 900_000)
    assert (answer.status_code, read(answer)["error"]["code"]) == (400, "context_length_exceeded")


def test_who_searches_all_the_time_leaves_room_for_others(
    app: APIFlask, ana: Person, bea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.search.words.own", lambda _: [])
    parts: Parts = app.extensions["ai"]
    with ExitStack() as stack:
        for _ in range(SEEKING):
            stack.enter_context(parts.seekers.one_of(str(ana.subject)))
        refused = ana.post("/search", json={"query": "agua"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
        assert ana.post("/ask", json={"question": "agua"}).status_code == 429
        assert bea.post("/search", json={"query": "agua"}).status_code == 200
    assert ana.post("/search", json={"query": "agua"}).status_code == 200


@pytest.mark.parametrize("values", [[10**30, "a"], [-(2**63), "a"], [1, "\ud800"], [1, "\0"]])
def test_a_cursor_of_what_no_database_knows_is_none(app: APIFlask, issuer: Issuer, values: list[Any]) -> None:
    admin = Person(app, issuer, "01920000-0000-7000-8000-0000000000ad", "ai:manage")
    answer = admin.get("/usage/people", query_string={"cursor": cursors.told(*values)})
    assert answer.status_code == 422


def test_an_answer_goes_on_for_no_longer_than_its_reservation(
    ana: Person, upstream: FakeUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.chat.relay.LONGEST_ANSWER", 3.0)
    pieces = events(ana.chat("wordy", stream=True))
    assert pieces[-1]["error"]["code"] == "timeout"
    assert 0 < used(ana) <= RESERVED
    until(lambda: upstream.broken_off("wordy") > 0)


def test_who_does_not_wait_for_embeddings_pays_for_what_was_asked(
    app: APIFlask, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise ClientGone

    monkeypatch.setattr(app.extensions["ai"].relay, "embed", gone)
    ana.post("/v1/embeddings", json={"model": "embedder", "input": ["uno dos tres"]})
    assert used(ana) == 4

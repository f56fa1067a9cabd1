"""Models elsewhere: what is asked of them, and what becomes of everything that they do wrong."""

from typing import Any

import pytest

from ai.tests.people import Person, Revocations, events, read, said
from ai.tests.upstreams import FakeUpstream
from servicekit.ids import new_id
from tests.support.promises import in_time
from tests.support.waiting import until

PROMPT, COMPLETION = 7, 5  # as the API elsewhere counts
TEXT = "uno dos tres cuatro cinco"


def error(answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = read(answer)["error"]
    return told


def test_an_answer_has_the_fields_of_the_format_and_none_of_the_providers(
    ana: Person, upstream: FakeUpstream
) -> None:
    answer = ana.chat("steady", temperature=0.5, user="somebody", metadata={"a": "b"}, store=False)
    told = read(answer)
    assert answer.status_code == 200
    assert told["model"] == "steady"
    assert told["choices"][0]["message"] == {"role": "assistant", "content": "uno dos"}
    assert told["usage"] == {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    assert "secret" not in answer.text
    assert answer.headers["X-Budget-Remaining"] == str(100_000 - 12)
    seen = upstream.seen("steady")[-1]
    assert seen["key"] == "Bearer sk-of-the-deployer"
    assert seen["body"] == {
        "model": "steady", "messages": [{"role": "user", "content": "Hola"}], "max_tokens": 20, "temperature": 0.5,
    }  # fmt: skip


def test_a_stream_comes_in_pieces_with_its_usage_for_who_wants_it(ana: Person) -> None:
    answer = ana.chat("steady", stream=True, stream_options={"include_usage": True})
    pieces = events(answer)
    assert answer.content_type == "text/event-stream; charset=utf-8"
    assert said(pieces) == TEXT
    assert pieces[-2]["choices"][0]["finish_reason"] == "stop"
    assert pieces[-1]["choices"] == []
    assert pieces[-1]["usage"] == {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    assert answer.text.endswith("data: [DONE]\n\n")
    assert "secret" not in answer.text
    assert "usage" not in ana.chat("steady", stream=True).text
    assert ana.usage()["day"]["used"] == 2 * (PROMPT + COMPLETION)


def test_tools_are_passed_on_and_so_are_calls_of_them(ana: Person, upstream: FakeUpstream) -> None:
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
    told = read(ana.chat("steady", tools=tools, tool_choice="auto"))
    assert told["choices"][0]["message"]["tool_calls"][0]["function"] == {"name": "f", "arguments": "{}"}
    assert upstream.seen("steady")[-1]["body"]["tools"] == tools


@pytest.mark.parametrize("given", [{"max_tokens": 1000}, {"max_completion_tokens": 10**9}, {}])
def test_nobody_gets_more_tokens_than_the_model_may_give(
    ana: Person, upstream: FakeUpstream, given: dict[str, Any]
) -> None:
    assert ana.chat("steady", **given).status_code == 200
    assert upstream.seen("steady")[-1]["body"]["max_tokens"] == 20


def test_who_wants_fewer_gets_fewer(ana: Person, upstream: FakeUpstream) -> None:
    assert ana.chat("steady", max_tokens=3).status_code == 200
    assert upstream.seen("steady")[-1]["body"]["max_tokens"] == 3


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("kind", "status", "code", "tries"),
    [
        ("status-500", 503, "model-unavailable", 3),
        ("status-429", 503, "model-unavailable", 1),  # it wants to be left alone for 7 seconds
        ("status-401", 503, "model-unavailable", 1),
        ("status-400", 400, "not-for-this-model", 1),
        ("status-400-long", 400, "context_length_exceeded", 1),
        ("html", 502, "model-failed", 3),
        ("gone", 503, "model-unavailable", 3),
    ],
)
def test_what_goes_wrong_before_the_first_word_is_told_with_its_status(
    ana: Person, upstream: FakeUpstream, kind: str, status: int, code: str, tries: int, stream: bool
) -> None:
    before = len(upstream.seen(kind))
    answer = ana.chat(kind, stream=stream)
    if stream and answer.status_code == 200:  # more time than a status is waited for
        (told,) = events(answer)
        assert (told["error"]["code"], tries) == (code, 3)
    else:
        assert (answer.status_code, error(answer)["code"]) == (status, code)
        assert ("Retry-After" in answer.headers) == (status == 503)
    assert "secret" not in answer.text
    assert "deployer" not in answer.text
    assert len(upstream.seen(kind)) - before == tries
    assert ana.usage()["day"] | {"ends_at": ""} == {
        "limit": 100_000,
        "used": 0,
        "reserved": 0,
        "left": 100_000,
        "ends_at": "",
    }


def test_a_model_that_wants_to_be_left_alone_says_for_how_long(ana: Person) -> None:
    assert ana.chat("status-429").headers["Retry-After"] == "7"


def test_a_failure_that_passes_is_not_noticed(ana: Person, upstream: FakeUpstream) -> None:
    assert read(ana.chat("once-500"))["choices"][0]["message"]["content"] == "uno dos"
    assert said(events(ana.chat("once-500-b", stream=True))) == TEXT
    assert len(upstream.seen("once-500-b")) >= 2


def test_another_model_stands_in_and_is_named(ana: Person, upstream: FakeUpstream) -> None:
    told = read(ana.chat("with-stand-in"))
    assert told["model"] == "steady"
    assert len(upstream.seen("status-500-stood-in")) >= 3
    (used,) = ana.usage()["items"]
    assert (used["model"], used["requests"], used["prompt_tokens"]) == ("steady", 1, PROMPT)


@pytest.mark.parametrize("kind", ["garbage", "mad"])
def test_what_makes_no_sense_is_not_passed_on(ana: Person, kind: str) -> None:
    answer = ana.chat(kind)
    assert (answer.status_code, error(answer)["code"]) == (502, "model-failed")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("dies", "model-unavailable"),
        ("garbage", "model-failed"),
        ("mad", "model-failed"),
        ("errs", "model-unavailable"),
        ("stalls", "timeout"),
    ],
)
def test_what_goes_wrong_in_mid_stream_is_an_event_and_what_was_said_is_counted(
    ana: Person, upstream: FakeUpstream, kind: str, code: str
) -> None:
    before = len(upstream.seen(kind))
    answer = ana.chat(kind, stream=True)
    *pieces, last = events(answer)
    assert said(pieces) == "uno dos "
    assert last["error"]["code"] == code
    assert last["error"]["message"]
    assert "[DONE]" not in answer.text
    assert "secret" not in answer.text
    assert len(upstream.seen(kind)) - before == 1
    day = ana.usage()["day"]
    assert day["reserved"] == 0
    assert 2 <= day["used"] <= 20


def test_a_model_that_says_nothing_is_given_up(ana: Person, upstream: FakeUpstream) -> None:
    before = upstream.broken_off("silent")
    with in_time(10):
        last = events(ana.chat("silent", stream=True))[-1]
    assert last["error"]["code"] == "timeout"
    until(lambda: upstream.broken_off("silent") == before + 1)


def test_a_model_that_counts_nothing_is_counted_for(ana: Person) -> None:
    told = read(ana.chat("uncounted", "x" * 400))
    assert 100 <= told["usage"]["prompt_tokens"] <= 120
    assert 1 <= told["usage"]["completion_tokens"] <= 5


def test_who_goes_leaves_no_model_working(ana: Person, upstream: FakeUpstream) -> None:
    before = upstream.broken_off("wordy")
    answer = ana.chat("wordy", stream=True)
    pieces = iter(answer.response)
    for _ in range(3):
        next(pieces)
    with in_time(2):
        answer.close()
        until(lambda: upstream.broken_off("wordy") == before + 1)
    day = ana.usage()["day"]
    assert day["reserved"] == 0
    assert day["used"] >= 3


def test_who_goes_pays_what_was_said_though_the_model_had_counted_nothing_yet(ana: Person) -> None:
    """Some count in the first piece already: going before the last would make all answers free."""
    answer = ana.chat("counts-early", stream=True)
    pieces = iter(answer.response)
    heard = b""
    while heard.count(b"palabra") < 5:
        heard += next(pieces)  # type: ignore[operator]
    answer.close()
    day = ana.usage()["day"]
    assert day["reserved"] == 0
    assert day["used"] >= 7 + 5


def test_who_is_suspended_in_mid_stream_hears_no_more(
    ana: Person, upstream: FakeUpstream, revoked: Revocations
) -> None:
    ana = Person(ana.app, ana.issuer, new_id())  # what was revoked is remembered for a while
    before = upstream.broken_off("wordy")
    stream = ana.chat("wordy", stream=True)
    pieces = iter(stream.response)
    next(pieces)
    revoked.of(ana.subject or "")
    try:
        with in_time(2):
            rest = list(pieces)
        assert b"invalid_api_key" in rest[-1]
        until(lambda: upstream.broken_off("wordy") == before + 1)
    finally:
        stream.close()
        revoked.forget()
    assert ana.usage()["day"]["used"] > 2


def test_who_may_not_use_a_model_does_not_see_it(ana: Person) -> None:
    names = [model["id"] for model in read(ana.get("/v1/models"))["data"]]
    assert "for-few" not in names
    answer = ana.chat("for-few")
    assert (answer.status_code, error(answer)["code"]) == (404, "model_not_found")
    manager = Person(ana.app, ana.issuer, ana.subject, scope="ai:use models:manage")
    assert manager.chat("for-few").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": "Hola"},
        {"messages": [{"role": "zebra", "content": "a"}]},
        {"n": 2},
        {"store": True},
        {"max_tokens": 0},
        {"temperature": 3},
        {"service_tier": "priority"},
        {"stream": "perhaps"},
        {"model": ""},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_told_with_the_field(
    ana: Person, upstream: FakeUpstream, wrong: dict[str, Any]
) -> None:
    before = len(upstream.told()["seen"])
    body = {"model": "steady", "messages": [{"role": "user", "content": "Hola"}]} | wrong
    answer = ana.post("/v1/chat/completions", json=body)
    told = error(answer)
    assert (answer.status_code, told["type"]) == (422, "invalid_request_error")
    assert told["param"].split(".")[0] in wrong
    assert len(upstream.told()["seen"]) == before


def test_embeddings_of_a_model_elsewhere_come_in_their_order(ana: Person, upstream: FakeUpstream) -> None:
    told = read(ana.post("/v1/embeddings", json={"model": "embedder", "input": ["a", "b", "c"]}))
    assert [entry["embedding"] for entry in told["data"]] == [[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]]
    assert told["usage"] == {"prompt_tokens": 9, "total_tokens": 9}
    assert upstream.seen("embedder")[-1]["body"] == {"model": "embedder", "input": ["a", "b", "c"]}
    assert ana.usage()["day"]["used"] == 9

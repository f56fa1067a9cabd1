"""OpenAI's own clients at the real door, with an access token as their key: as against OpenAI itself."""

import http.client
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import httpx2
import openai
import pytest

from ai.tests import upstreams
from ai.tests.upstreams import FakeUpstream
from scripts.shell import ROOT
from tests.support import people
from tests.support.platform import Platform, running_platform
from tests.support.promises import in_time
from tests.support.waiting import LONG, until

BUNDLED, EMBEDDING = "smollm2-135m-instruct", "all-minilm-l6-v2"
HELLO: Any = [{"role": "user", "content": "Hola"}]
COST = 12  # tokens of a question to `steady`
RESERVED = 110  # what such a question may cost at most: and what one to `exact` costs


@pytest.fixture(scope="module")
def upstream() -> Iterator[FakeUpstream]:
    with upstreams.running() as fake:
        yield fake


@pytest.fixture(scope="module")
def own(upstream: FakeUpstream) -> Iterator[Platform]:
    """A platform with models elsewhere, whose parts are killed and whose people are suspended."""
    with running_platform(prepare=lambda secrets: upstreams.write_models(secrets, upstream.url)) as platform:
        yield platform


@pytest.fixture
def mar(own: Platform) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(own.url, "mar")) as client:
        yield client


@pytest.fixture
def ada(own: Platform) -> Iterator[httpx2.Client]:
    with closing(people.sign_in(own.url, "ada")) as client:
        yield client


def token_of(person: httpx2.Client) -> str:
    made = person.post("/api/account/tokens", json={"name": "SDK", "permissions": ["ai:use"]})
    assert made.status_code == 201, made.text
    return str(made.json()["token"])


@contextmanager
def client_at(
    own: Platform, key: str, note: Callable[[object], None] = lambda _request: None
) -> Iterator[openai.OpenAI]:
    with openai.DefaultHttpxClient(trust_env=False, event_hooks={"request": [note]}) as http:
        yield openai.OpenAI(base_url=f"{own.url}/api/ai/v1", api_key=key, http_client=http)


@pytest.fixture
def sdk(own: Platform, mar: httpx2.Client) -> Iterator[openai.OpenAI]:
    with client_at(own, token_of(mar)) as client:
        yield client


def used(person: httpx2.Client) -> dict[str, int]:
    told = person.get("/api/ai/usage")
    assert told.status_code == 200, told.text
    day: dict[str, int] = told.json()["day"]
    return day


def allow(ada: httpx2.Client, person: httpx2.Client, day: int) -> None:
    who = person.get("/api/account").json()["id"]
    answer = ada.put(f"/api/ai/budgets/person/{who}", json={"day": day, "month": 10**9})
    assert answer.status_code == 200, answer.text


def no_budget_of_her_own(ada: httpx2.Client) -> None:
    who = ada.get("/api/account").json()["id"]
    assert ada.delete(f"/api/ai/budgets/person/{who}").status_code == 204


def test_models_chat_stream_and_embeddings(sdk: openai.OpenAI) -> None:
    assert {BUNDLED, EMBEDDING, "steady"} <= {model.id for model in sdk.models.list()}
    told = sdk.chat.completions.create(model=BUNDLED, messages=HELLO, max_tokens=8)
    assert told.choices[0].message.content
    assert told.usage
    assert told.usage.completion_tokens <= 8
    options: Any = {"include_usage": True}
    pieces = list(
        sdk.chat.completions.create(model="steady", messages=HELLO, stream=True, stream_options=options)
    )
    assert (
        "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
        == "uno dos tres cuatro cinco"
    )
    assert pieces[-1].usage
    assert pieces[-1].usage.total_tokens == COST
    vectors = sdk.embeddings.create(model=EMBEDDING, input=["casa", "house"]).data
    assert [len(vector.embedding) for vector in vectors] == [384, 384]
    assert sum(number * number for number in vectors[0].embedding) == pytest.approx(1, abs=1e-4)


def test_the_client_for_javascript_finds_all_of_it_too(
    own: Platform, mar: httpx2.Client, ada: httpx2.Client, upstream: FakeUpstream
) -> None:
    before = upstream.broken_off("wordy")
    allow(ada, ada, used(ada)["used"] + 5)
    command = [ROOT / ".venv" / "bin" / "node", ROOT / "frontend" / "tools" / "openai-client.mjs"]
    done = subprocess.run(
        [*map(str, command), f"{own.url}/api/ai/v1", token_of(mar), token_of(ada)],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )
    no_budget_of_her_own(ada)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "listed": True,
        "said": "uno dos",
        "tokens": COST,
        "streamed": "uno dos tres cuatro cinco",
        "broken_off": "palabra palabra ",
        "embedded": [384, 384],
        "stranger": {"status": 401, "code": "invalid_api_key"},
        "unknown": {"status": 404, "code": "model_not_found"},
        "used_up": {"status": 429, "code": "insufficient_quota"},
        "died": {"status": None, "code": "model-unavailable"},
    }
    until(lambda: upstream.broken_off("wordy") == before + 1)


def test_tools_are_called(sdk: openai.OpenAI) -> None:
    tools: Any = [
        {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
    ]
    told = sdk.chat.completions.create(model="steady", messages=HELLO, tools=tools)
    (call,) = told.choices[0].message.tool_calls or []
    assert call.type == "function"
    assert call.function.name == "f"


def test_a_wrong_key_is_an_authentication_error(own: Platform) -> None:
    for key in ("zgn_wrong", "sk-wrong"):
        with client_at(own, key) as sdk, pytest.raises(openai.AuthenticationError) as refused:
            sdk.models.list()
        assert refused.value.code == "invalid_api_key"
        assert "Sign in" in refused.value.message


def test_a_key_that_may_something_else_only_is_a_permission_error(own: Platform, mar: httpx2.Client) -> None:
    made = mar.post("/api/account/tokens", json={"name": "documents", "permissions": ["documents:read"]})
    with client_at(own, str(made.json()["token"])) as sdk, pytest.raises(openai.PermissionDeniedError):
        sdk.chat.completions.create(model=BUNDLED, messages=HELLO)


def test_what_is_wrong_is_the_exception_that_their_users_know(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as unknown:
        sdk.chat.completions.create(model="gpt-4o", messages=HELLO)
    assert unknown.value.code == "model_not_found"
    with pytest.raises(openai.UnprocessableEntityError) as wrong:
        sdk.chat.completions.create(model="steady", messages=HELLO, temperature=9)
    assert wrong.value.param == "temperature"
    with pytest.raises(openai.BadRequestError):
        sdk.chat.completions.create(model=BUNDLED, messages=[{"role": "user", "content": "word " * 5000}])
    with pytest.raises(openai.InternalServerError) as away:
        sdk.with_options(max_retries=0).chat.completions.create(model="status-429", messages=HELLO)
    assert (away.value.status_code, away.value.response.headers["Retry-After"]) == (503, "7")


def test_a_model_that_dies_in_mid_stream_is_an_error_there(sdk: openai.OpenAI) -> None:
    stream = iter(sdk.chat.completions.create(model="dies", messages=HELLO, stream=True))
    assert [next(stream).choices[0].delta.content for _ in range(2)] == ["uno ", "dos "]
    with pytest.raises(openai.APIError, match="model"):
        next(stream)


def test_a_budget_that_is_used_up_is_told_once(own: Platform, ada: httpx2.Client, mar: httpx2.Client) -> None:
    """Without the client trying again and again: it is told not to."""
    asked: list[object] = []
    with client_at(own, token_of(mar), asked.append) as sdk:
        allow(ada, mar, used(mar)["used"] + 5)
        with pytest.raises(openai.RateLimitError) as refused:
            sdk.chat.completions.create(model="steady", messages=HELLO)
    assert len(asked) == 1
    assert refused.value.code == "insufficient_quota"
    headers = refused.value.response.headers
    assert (headers["X-Budget-Remaining"], int(headers["Retry-After"]) > 0) == ("5", True)


def test_of_200_at_once_with_a_budget_for_50_there_are_50(
    own: Platform, ada: httpx2.Client, mar: httpx2.Client
) -> None:
    """And another person is served meanwhile, by a budget of her own."""
    before = used(mar)["used"]
    allow(ada, mar, before + 50 * RESERVED)
    with (
        client_at(own, token_of(mar)) as mars,
        client_at(own, token_of(ada)) as adas,
        ThreadPoolExecutor(60) as pool,
    ):
        asked = [pool.submit(outcome, mars.with_options(max_retries=0), "exact") for _ in range(200)]
        others = [pool.submit(outcome, adas, "steady") for _ in range(5)]
        assert Counter(answer.result() for answer in asked) == {"served": 50, "insufficient_quota": 150}
        assert Counter(answer.result() for answer in others) == {"served": 5}
    day = used(mar)
    assert (day["used"] - before, day["reserved"], day["left"]) == (50 * RESERVED, 0, 0)


def outcome(sdk: openai.OpenAI, model: str) -> str | None:
    try:
        told = sdk.chat.completions.create(model=model, messages=HELLO)
    except openai.RateLimitError as refused:
        return refused.code
    return "served" if told.choices[0].message.content == "uno dos" else None


def test_a_role_may_have_a_budget_of_its_own(ada: httpx2.Client) -> None:
    before = ada.get("/api/ai/usage").json()["day"]["limit"]
    budget = {"day": 2_000_000, "month": 10**9}
    assert ada.put("/api/ai/budgets/role/admin", json=budget).status_code == 200
    try:
        assert ada.get("/api/ai/usage").json()["day"]["limit"] == 2_000_000
    finally:
        assert ada.delete("/api/ai/budgets/role/admin").status_code == 204
    assert ada.get("/api/ai/usage").json()["day"]["limit"] == before


def test_a_stream_that_is_closed_leaves_no_model_working(
    own: Platform, ada: httpx2.Client, upstream: FakeUpstream
) -> None:
    before, spent = upstream.broken_off("wordy"), used(ada)["used"]
    with client_at(own, token_of(ada)) as sdk:
        stream = sdk.chat.completions.create(model="wordy", messages=HELLO, stream=True)
        next(iter(stream))
        with in_time(2):
            stream.close()
            until(lambda: upstream.broken_off("wordy") == before + 1)
    until(lambda: used(ada)["reserved"] == 0)
    assert used(ada)["used"] > spent


def test_who_goes_before_a_whole_answer_leaves_no_model_working(
    own: Platform, ada: httpx2.Client, upstream: FakeUpstream
) -> None:
    """The model would have been waited for a minute. Nothing was said yet: it is paid for what was asked."""
    broken_off, seen, spent = upstream.broken_off("silent"), len(upstream.seen("silent")), used(ada)["used"]
    headers = {"Authorization": f"Bearer {token_of(ada)}", "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection("127.0.0.1", own.ports["gateway"])) as client:
        body = json.dumps({"model": "silent-long", "messages": HELLO})
        client.request("POST", "/api/ai/v1/chat/completions", body, headers)
        until(lambda: len(upstream.seen("silent")) == seen + 1)
        assert upstream.broken_off("silent") == broken_off
        assert used(ada)["reserved"] > 0
    until(lambda: upstream.broken_off("silent") == broken_off + 1)
    until(lambda: used(ada)["reserved"] == 0)
    assert used(ada)["used"] > spent


def test_what_a_killed_service_had_reserved_is_released(
    own: Platform, ada: httpx2.Client, upstream: FakeUpstream
) -> None:
    with client_at(own, token_of(ada)) as sdk:
        stream = sdk.chat.completions.create(model="wordy", messages=HELLO, stream=True)
        next(iter(stream))
        assert used(ada)["reserved"] == RESERVED
        own.kill("ai")
        with pytest.raises((openai.APIError, httpx2.HTTPError)):
            list(stream)
        own.start("ai")
        until(lambda: used(ada)["reserved"] == 0)


def requests_of(ada: httpx2.Client, who: str) -> tuple[int, int]:
    """How often somebody has asked the wordy model, and for how many tokens."""
    rows = ada.get("/api/ai/usage/everybody", params={"person": who, "model": "wordy"}).json()["items"]
    tokens = (row["prompt_tokens"] + row["completion_tokens"] for row in rows)
    return sum(row["requests"] for row in rows), sum(tokens)


def test_who_is_suspended_in_mid_stream_hears_no_more_after_two_seconds(
    own: Platform, ada: httpx2.Client, mar: httpx2.Client, upstream: FakeUpstream
) -> None:
    allow(ada, mar, 10**6)
    who = mar.get("/api/account").json()["id"]
    before, asked = upstream.broken_off("wordy"), requests_of(ada, who)
    with client_at(own, token_of(mar)) as sdk:
        stream = sdk.chat.completions.create(model="wordy", messages=HELLO, stream=True)
        next(iter(stream))
        done = ada.patch(f"/api/admin/users/{who}", json={"status": "suspended"})
        assert done.status_code == 200, done.text
        with in_time(2), pytest.raises(openai.APIError, match="signed out"):
            list(stream)
    until(lambda: upstream.broken_off("wordy") == before + 1)
    told, tokens = (now - then for now, then in zip(requests_of(ada, who), asked, strict=True))
    assert told == 1
    assert tokens > 0

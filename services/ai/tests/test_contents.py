"""What of a message reaches a model elsewhere: nothing that makes it fetch, or use what is the deployer's."""

from typing import Any

import pytest

from ai.tests.people import Person, read
from ai.tests.upstreams import FakeUpstream

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kg=="
)
INNER = "http://169.254.169.254/latest/meta-data/"


def said(*parts: Any, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": list(parts)}], **more}


def picture(url: str, **more: Any) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url, **more}}


def tool(**parameters: Any) -> dict[str, Any]:
    return {"tools": [{"type": "function", "function": {"name": "f", "parameters": parameters}}]}


REACHING_OUT = [
    *(
        said(picture(url))
        for url in (
            INNER,
            "HTTP://backend/internal/authorize",
            "https://user\n@inner/",
            "file:///run/secrets/ai-upstream-key",
            "//inner/x.png",
            "gopher://inner/",
            "data:image/svg+xml;base64,PHN2Zy8+",
            "data:text/html;base64,PHN2Zy8+",
            "data:image/png,<svg/>",
            " data:image/png;base64,AA==",
            "data:image/png;base64,AA==\nhttp://inner/",
            "Data:image/png;base64,AA==",
        )
    ),
    said({"type": "image_url", "image_url": INNER}),
    said({"type": "audio_url", "audio_url": {"url": INNER}}),
    said({"type": "video_url", "video_url": {"url": INNER}}),
    said({"type": "input_image", "image_url": INNER}),
    said({"type": "image_embeds", "image_embeds": "AA=="}),
    said({"type": "file", "file": {"file_id": "file-of-somebody-else"}}),
    said({"type": "file", "file": {"file_data": INNER}}),
    said({"type": "input_audio", "input_audio": {"data": INNER, "format": "wav"}}),
    {"tools": [{"type": "web_search"}]},
    {"tools": [{"type": "mcp", "server_url": INNER, "server_label": "a"}]},
    {"tools": [{"type": "code_interpreter", "container": {"type": "auto"}}]},
    {"tools": [{"url": INNER}]},
    tool(**{"$ref": INNER}),
    tool(properties={"a": [{"anyOf": [{"$dynamicRef": "other.json"}]}]}),
    {"response_format": {"type": "json_schema", "json_schema": {"schema": {"$ref": "file:///etc/passwd"}}}},
    {"response_format": {"type": "structural_tag", "url": INNER}},
    {"tool_choice": {"type": "mcp", "server_label": "a"}},
    {"tool_choice": INNER},
    {"web_search_options": {}},
    {"extra_body": {"url": INNER}},
    {"mm_processor_kwargs": {}},
    {"stop": ["a"] * 5},
    {"seed": 10**30},
    {"stream_options": {"include_usage": True, "url": INNER}},
]


@pytest.mark.parametrize("reaching", REACHING_OUT, ids=lambda told: str(told)[:80])
def test_nothing_makes_a_model_fetch(ana: Person, upstream: FakeUpstream, reaching: dict[str, Any]) -> None:
    before = len(upstream.told()["seen"])
    body = {"model": "steady", "messages": [{"role": "user", "content": "Hola"}], **reaching}
    answer = ana.post("/v1/chat/completions", json=body)
    assert answer.status_code == 422
    error = read(answer)["error"]
    assert error["type"] == "invalid_request_error"
    assert error["param"].split(".")[0] in reaching
    assert len(upstream.told()["seen"]) == before
    assert ana.usage()["day"]["reserved"] == 0


def test_a_picture_by_address_is_only_for_who_may_fetch_it(ana: Person, upstream: FakeUpstream) -> None:
    asked = said(picture("https://pictures.example/cat.png"))
    before = len(upstream.seen("steady"))
    answer = ana.chat("steady", **asked)
    assert answer.status_code == 400
    assert "data:image/png;base64," in read(answer)["error"]["message"]
    assert len(upstream.seen("steady")) == before
    assert ana.chat("sees-the-world", **asked).status_code == 200
    assert upstream.seen("steady")[-1]["body"]["messages"] == asked["messages"]
    assert ana.chat("sees-the-world", **said(picture(INNER))).status_code == 422


def test_what_is_in_the_message_itself_goes_on_as_it_is_and_nothing_else(
    ana: Person, upstream: FakeUpstream
) -> None:
    parts = [
        {"type": "text", "text": "What is this?"},
        picture(PIXEL, detail="low"),
        {"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}},
    ]
    schema = {
        "$defs": {"a": {"type": "string"}},
        "properties": {"$ref": {"type": "string"}, "b": {"$ref": "#/$defs/a"}},
    }
    planted = [{**part, "uuid": "of-another", "url": INNER} for part in parts]
    answer = ana.chat("steady", **said(*planted, **tool(**schema, default=None), tool_choice="required"))
    assert answer.status_code == 200
    body = upstream.seen("steady")[-1]["body"]
    assert body["messages"] == said(*parts)["messages"]
    assert body["tools"] == tool(**schema, default=None)["tools"]


def test_a_picture_is_reserved_by_what_it_costs_and_not_by_its_bytes(ana: Person) -> None:
    """Its bytes say nothing: a small file may have many pixels, and a large one few."""
    large = PIXEL.removesuffix("==") + "A" * 300_000
    assert ana.chat("steady", **said(picture(large))).status_code == 200
    many = ana.chat("steady", **said(*[picture(PIXEL)] * 25))
    assert (many.status_code, read(many)["error"]["code"]) == (429, "insufficient_quota")
    assert ana.chat("sees-the-world", **said(*[picture(PIXEL)] * 25)).status_code == 200

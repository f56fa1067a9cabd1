"""Answers that are written as they come, and what becomes of those that break off."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from zaguan.ai import pieces
from zaguan.command import main
from zaguan.failures import NOT_FOUND, REFUSED, SIGNED_OUT, UNREACHABLE, Failure
from zaguan.tests.server import Script, serving

MODELS = {
    "data": [
        {"id": "tiny", "kind": "chat", "owned_by": "zaguan"},
        {"id": "mini", "kind": "embedding", "owned_by": "zaguan"},
    ]
}


def chunk(content: str) -> str:
    return f"data: {json.dumps({'choices': [{'delta': {'content': content}}]})}\n\n"


WHOLE = (chunk("Olive ") + chunk("oil.") + 'data: {"choices": [], "usage": {}}\n\ndata: [DONE]\n\n').encode()


def typed(
    script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *line: str, stdin: str = ""
) -> int:
    for name, value in {"ZAGUAN_URL": script.url, "ZAGUAN_TOKEN": "zgn_x", "HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode()), encoding="utf-8"))
    return main(["ai", *line])


def test_an_answer_is_shown_as_it_comes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((200, MODELS), (200, WHOLE)) as script:
        assert typed(script, monkeypatch, tmp_path, "chat", "What", "is", "it?") == 0
    assert capsys.readouterr().out == "Olive oil.\n"
    assert [one["path"] for one in script.asked] == ["/api/ai/v1/models", "/api/ai/v1/chat/completions"]


def test_what_comes_in_is_a_question_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((200, WHOLE)) as script:
        code = typed(script, monkeypatch, tmp_path, "chat", "--model", "tiny", stdin="What is it?\n")
    assert (code, capsys.readouterr().out) == (0, "Olive oil.\n")


def test_an_answer_has_no_power_over_the_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = (chunk("\x1b]0;owned\x07a\nb") + "data: [DONE]\n\n").encode()
    with serving((200, hostile)) as script:
        typed(script, monkeypatch, tmp_path, "chat", "--model", "tiny", "Well?")
    assert capsys.readouterr().out == "�]0;owned�a\nb\n"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, chunk("Half").encode()), "broke off"),
        ((200, b'data: {"error": {"message": "The model failed."}}\n\n'), "The model failed."),
        ((429, {"error": {"message": "Your budget is used up."}}), "Your budget is used up."),
        ((503, b"<html>"), "HTTP 503"),
    ],
)
def test_a_failure_is_one_line(
    answer: tuple[int, Any],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving(answer) as script:
        code = typed(script, monkeypatch, tmp_path, "chat", "--model", "tiny", "Well?")
    shown, said = capsys.readouterr()
    assert code == UNREACHABLE
    assert words in said
    assert said.count("\n") == 1
    assert shown in {"", "Half\n"}  # on a terminal the failure begins a line


def test_a_refused_credential_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving((401, {"error": {"message": "Unknown key."}})) as script:
        assert typed(script, monkeypatch, tmp_path, "chat", "--model", "tiny", "Well?") == SIGNED_OUT


def test_where_no_model_is_open_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving((200, {"data": []})) as script:
        assert typed(script, monkeypatch, tmp_path, "chat", "Well?") == REFUSED


def test_embeddings_are_lines_of_json(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"data": [{"embedding": [0.5, -1]}, {"embedding": [0, 1]}]}
    with serving((200, MODELS), (200, told)) as script:
        assert typed(script, monkeypatch, tmp_path, "embed", stdin="one\n\ntwo\n") == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [[0.5, -1], [0, 1]]


PASSAGES = [{"number": n, "title": f"Note {n}", "document_id": f"id-{n}", "text": "…"} for n in (1, 2)]


def named(event: str, told: Any) -> str:
    return f"event: {event}\ndata: {json.dumps(told)}\n\n"


def test_an_answer_from_documents_tells_what_it_rests_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    citations = {"citations": [{"sentence": "Yes.", "passages": [2], "by": "model"}], "grounded": True}
    told = named("passages", PASSAGES) + chunk("Yes.") + named("citations", citations) + "data: [DONE]\n\n"
    with serving((200, told.encode())) as script:
        assert typed(script, monkeypatch, tmp_path, "ask", "Is", "it", "so?") == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("Yes.\n", "[2] Note 2 (id-2)\n")


def test_where_documents_say_nothing_neither_does_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (
        named("passages", []) + named("citations", {"citations": [], "grounded": False}) + "data: [DONE]\n\n"
    )
    with serving((200, told.encode())) as script:
        assert typed(script, monkeypatch, tmp_path, "ask", "Well?") == NOT_FOUND
    assert "say nothing" in capsys.readouterr().err


def test_what_is_found_is_one_line_each(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = {"document_id": "id-1", "title": "Note", "passage": {"text": "cold\nsoup", "start": 0}}
    with serving((200, {"items": [item], "language": {}})) as script:
        assert typed(script, monkeypatch, tmp_path, "search", "something", "cool") == 0
    assert capsys.readouterr().out == "id-1\tNote\tcold soup\n"


def test_other_lines_of_a_stream_are_left_aside() -> None:
    lines = [": heartbeat", "event: x", "", chunk("a").strip(), "data:[DONE]", chunk("late").strip()]
    assert list(pieces(iter(lines))) == ["a"]


def test_a_stream_without_its_end_is_none() -> None:
    with pytest.raises(Failure, match="broke off"):
        list(pieces(iter([chunk("a").strip()])))

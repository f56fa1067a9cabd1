"""Long work from a terminal: begun, waited for, listed, cancelled."""

import json
from pathlib import Path
from typing import Any

import pytest

from zaguan import ai_jobs
from zaguan.failures import OTHER, REFUSED, USAGE
from zaguan.tests.server import serving
from zaguan.tests.test_ai import typed

JOB: dict[str, Any] = {
    "id": "j1", "kind": "summarise", "state": "queued", "params": {"document": "d1", "title": "Minutes"}, "done": 0,
    "total": None, "counts": {"succeeded": 1, "left_out": 0, "failed": 0}, "reason": None,
}  # fmt: skip
RUNNING = JOB | {"state": "running", "done": 2, "total": 9}
DONE = JOB | {"state": "done", "done": 9, "total": 9}
REPORT = {"items": [{"subject": "Summary of Minutes", "result": "d2"}], "next": None}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ai_jobs, "LOOK", 0)


def test_it_waits_and_shows_the_new_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((202, JOB), (200, RUNNING), (200, DONE), (200, REPORT)) as script:
        assert typed(script, monkeypatch, tmp_path, "summarise", "d1") == 0
    assert capsys.readouterr().out == "d2\n"
    assert [one["path"] for one in script.asked] == [
        "/api/ai/jobs",
        "/api/ai/jobs/j1",
        "/api/ai/jobs/j1",
        "/api/ai/jobs/j1/report?limit=500",
    ]


def test_all_documents_are_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((202, DONE | {"kind": "tag", "params": {}}), (200, REPORT)) as script:
        assert typed(script, monkeypatch, tmp_path, "tag", "--json") == 0
    assert json.loads(capsys.readouterr().out)["report"] == REPORT["items"]
    with serving((202, DONE | {"kind": "index", "params": {}}), (200, REPORT)) as script:
        assert typed(script, monkeypatch, tmp_path, "index") == 0
    assert capsys.readouterr().out == "1 done, 0 left out, 0 failed\n"


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (
            {"state": "failed", "reason": {"code": "budget_used_up", "detail": "Wait until 00:00."}},
            "Wait until 00:00.",
        ),
        ({"state": "cancelled"}, "It was cancelled."),
    ],
)
def test_what_does_not_end_well_says_why(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    end: dict[str, Any],
    words: str,
) -> None:
    with serving((202, JOB), (200, JOB | end), (200, {"items": [], "next": None})) as script:
        assert typed(script, monkeypatch, tmp_path, "translate", "d1", "--into", "es") == OTHER
    assert words in capsys.readouterr().err


def test_listed_begun_without_waiting_and_cancelled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((200, {"items": [RUNNING, DONE], "next": None})) as script:
        assert typed(script, monkeypatch, tmp_path, "jobs") == 0
    assert capsys.readouterr().out == (
        "j1\tsummarise\tMinutes\trunning, 2 of 9\nj1\tsummarise\tMinutes\tdone\n"
    )
    with serving((202, JOB)) as script:
        assert typed(script, monkeypatch, tmp_path, "summarise", "d1", "--no-wait") == 0
    assert capsys.readouterr().out == "j1\n"
    with serving((422, {"detail": "It has ended already."})) as script:
        assert typed(script, monkeypatch, tmp_path, "translate", "d1", "--into", "en") == REFUSED
        with pytest.raises(SystemExit) as wrong:
            typed(script, monkeypatch, tmp_path, "translate", "d1", "--into", "fr")
    assert wrong.value.code == USAGE

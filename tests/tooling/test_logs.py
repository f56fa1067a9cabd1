"""What of the logs is shown in the terminal: warnings and worse, brief."""

from pathlib import Path

import pytest

from scripts.logs import Follower, readable


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('{"level": "info", "event": "request", "status": 200}', ""),
        (
            '{"level": "warning", "event": "not ready", "timestamp": "…", "error": "Gone"}',
            "warning: not ready  error=Gone",
        ),
        ('{"level": "error", "event": "boom", "service": "backend"}', "error: boom"),
        ('{"status": 200, "path": "/"}', ""),
        ("[INFO] Starting granian", ""),
        ("2026/11/23 [notice] 1#1: start worker process", ""),
        ("2026/11/23 [emerg] 1#1: no such file", "2026/11/23 [emerg] 1#1: no such file"),
        ("2026-11-23T10:00:00Z 0 [System] [MY-015015] [Server] MySQL Server - start.", ""),
        ("ValueError: a traceback's last line", "ValueError: a traceback's last line"),
        ("12", ""),
        ("", ""),
    ],
)
def test_a_line(line: str, shown: str) -> None:
    assert readable(line) == shown


def test_only_what_is_new_and_complete_is_shown(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    follower = Follower("backend", log)
    assert list(follower.new_lines()) == []
    with log.open("a") as file:
        file.write("first\nsec")
        file.flush()
        assert list(follower.new_lines()) == ["backend   │ first"]
        file.write("ond\n")
        file.flush()
        assert list(follower.new_lines()) == ["backend   │ second"]

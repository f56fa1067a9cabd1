"""`make logs`: Compose's lines, brief."""

import pytest

from scripts.container_logs import brief


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            'backend-1  | {"level": "warning", "event": "not ready", "error": "X"}\n',
            "backend-1  | warning: not ready  error=X",
        ),
        ('backend-1  | {"level": "info", "event": "request"}\n', ""),
        ("db-1  | [ERROR] out of room\n", "db-1  | [ERROR] out of room"),
        ('nginx-1  | {"status": 200, "path": "/"}\n', ""),
        ("no separator\n", ""),
    ],
)
def test_only_what_is_a_warning_or_worse_is_shown(line: str, shown: str) -> None:
    assert brief(line) == shown

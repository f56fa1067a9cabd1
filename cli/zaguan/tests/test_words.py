"""What is read of files and answers, and what is shown of it."""

from pathlib import Path

import pytest

from zaguan import failures
from zaguan.documents import first_heading
from zaguan.failures import Failure, plain, refusal
from zaguan.settings import Settings

HEADINGS = [
    ("# Title\n\ntext", "Title"),
    ("text\n\n## Second  level ##\n", "Second level"),
    ("   ###### Six\n", "Six"),
    ("#\n# Later", "Later"),
    ("#hash is no heading\n# This is", "This is"),
    ("    # code\n# Not", "Not"),
    ("```\n# code\n```\n# After", "After"),
    ("~~~sh\n# code\n~~~\n# After", "After"),
    ("# C#", "C#"),
    ("# " + "x" * 300, "x" * 200),
    ("#\tTab", "Tab"),
    ("none", None),
    ("", None),
    ("####### seven", None),
]


@pytest.mark.parametrize(("text", "title"), HEADINGS)
def test_the_first_heading_is_the_title(text: str, title: str | None) -> None:
    assert first_heading(text) == title


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "a\x07", "\x9b31m", "\r", "\u202egpj.exe", "a\nb", "\x00", "\u2066x"]
)
def test_nothing_that_a_terminal_obeys_is_shown(text: str) -> None:
    assert plain(text) != text
    assert not any(plain(letter) != letter for letter in plain(text))


@pytest.mark.parametrize("text", ["plain", "ñ 漢 🎉 é", "[bold]x[/bold]", ":smile:", "a\u0301"])
def test_what_people_write_is_shown_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_a_refusal_is_one_line_with_its_fields() -> None:
    body = b'{"detail": "See the errors\\n", "errors": [{"pointer": "/title", "detail": "Too long"}, 1]}'
    failure = refusal(422, body)
    assert str(failure) == "See the errors� /title: Too long."
    assert failure.code == failures.REFUSED


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"detail": 1, "errors": {}}', b"\xff"])
def test_an_answer_without_words_has_its_number(body: bytes) -> None:
    assert str(refusal(502, body)) == "The answer was HTTP 502."


CODES = {
    400: 7,
    401: 3,
    403: 4,
    404: 5,
    409: 6,
    412: 6,
    413: 7,
    415: 7,
    422: 7,
    428: 6,
    429: 8,
    500: 8,
    503: 8,
}


@pytest.mark.parametrize(("status", "code"), CODES.items())
def test_scripts_can_tell_failures_apart(status: int, code: int) -> None:
    assert refusal(status, b"").code == code


def test_the_environment_says_where_things_are(tmp_path: Path) -> None:
    told = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "/c", "ZAGUAN_TOKEN": "", "ZAGUAN_PROFILE": "work"}
    settings = Settings.read(environ=told)
    assert (settings.config, settings.profile, settings.token) == (Path("/c/zaguan"), "work", None)
    assert settings.state == tmp_path / ".local" / "state" / "zaguan"
    assert Settings.read("home", told).profile == "home"
    assert Settings.read(environ=told | {"XDG_CONFIG_HOME": "relative"}).config.parent == tmp_path / ".config"
    assert not settings.graphical
    assert Settings.read(environ=told | {"DISPLAY": ":0"}).graphical


@pytest.mark.parametrize("name", ["../x", "a b", "x" * 41, "é", "\n"])
def test_a_profile_has_a_plain_name(name: str) -> None:
    with pytest.raises(Failure, match="profile"):
        Settings.read(name, {"HOME": "/"})

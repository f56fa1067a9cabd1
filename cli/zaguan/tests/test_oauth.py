"""The program's side of the device grant: it waits as it is told, and understands every end."""

from typing import Any

import pytest

from zaguan import oauth
from zaguan.failures import FORBIDDEN, REFUSED, SIGNED_OUT, Failure
from zaguan.http import Http
from zaguan.oauth import DEVICE_CODE, Credentials, Waiting
from zaguan.tests.server import Script, serving

GIVEN = {"access_token": "zga_a", "refresh_token": "zgr_a", "expires_in": 3600, "scope": "documents:read"}
CODES = {
    "device_code": "d",
    "user_code": "BCDF-GHJK",
    "verification_uri": "http://localhost/app/device",
    "expires_in": 600,
    "interval": 5,
}


def refused(error: str) -> tuple[int, dict[str, str]]:
    return 400, {"error": error, "error_description": error}


def wait(script: Script, life: float = 600) -> tuple[Credentials, list[float]]:
    """What it got in the end, and how long it waited each time."""
    slept: list[float] = []
    http = Http(script.url)
    try:
        return oauth.wait(http, Waiting("d", "u", "p", "p", life, 5), slept.append), slept
    finally:
        http.close()


def test_it_asks_for_the_codes_with_its_name_and_what_it_wants() -> None:
    with serving((200, CODES)) as script:
        http = Http(script.url)
        waiting = oauth.ask(http, "documents:read ai:use")
        oauth.ask(http, None)
        http.close()
    assert (waiting.user_code, waiting.interval) == ("BCDF-GHJK", 5)
    assert waiting.page_with_code == waiting.page, "that address is optional (RFC 8628, section 3.2)"
    assert [asked["form"] for asked in script.asked] == [
        {"client_id": "zaguan", "scope": "documents:read ai:use"},
        {"client_id": "zaguan"},
    ]
    assert script.asked[0]["headers"]["Content-Type"] == "application/x-www-form-urlencoded"


def test_it_waits_before_it_asks_and_longer_when_it_is_told_to() -> None:
    pending, slower = refused("authorization_pending"), refused("slow_down")
    with serving(pending, slower, pending, slower, (200, GIVEN)) as script:
        credentials, slept = wait(script)
    assert slept == [5, 5, 10, 10, 15]
    assert (credentials.access, credentials.scope) == ("zga_a", "documents:read")
    assert {(asked["form"]["grant_type"], asked["form"]["device_code"]) for asked in script.asked} == {
        (DEVICE_CODE, "d")
    }


def test_a_platform_that_is_away_for_a_moment_is_asked_more_slowly() -> None:
    busy: list[tuple[int, Any]] = [(503, {"status": 503}), (200, None), (429, b""), (502, b"<html>")]
    with serving(*busy, refused("authorization_pending"), (200, GIVEN)) as script:
        assert wait(script)[1] == [5, 10, 20, 40, 60, 60]


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        ("access_denied", FORBIDDEN, "refused"),
        ("expired_token", SIGNED_OUT, "over"),
        ("invalid_grant", SIGNED_OUT, "over"),
        ("invalid_client", REFUSED, "invalid_client"),
    ],
)
def test_every_other_answer_is_the_end(error: str, code: int, words: str) -> None:
    with serving(refused(error)) as script, pytest.raises(Failure, match=words) as failure:
        wait(script)
    assert (failure.value.code, len(script.asked)) == (code, 1)


def test_it_gives_up_when_the_code_is_over() -> None:
    with serving(refused("authorization_pending")) as script, pytest.raises(Failure, match="in time"):
        wait(script, life=0)
    assert script.asked == []


@pytest.mark.parametrize("interval", [-1, 0, 1e9, float("nan")])
def test_it_waits_no_shorter_and_no_longer_than_is_sensible(interval: float) -> None:
    with serving((200, CODES | {"interval": interval, "expires_in": float("inf")})) as script:
        http = Http(script.url)
        waiting = oauth.ask(http, None)
        http.close()
    assert 1 <= waiting.interval <= 60
    assert waiting.life <= 3600


@pytest.mark.parametrize("status", [404, 405])
def test_where_there_is_no_zaguan_that_is_said(status: int) -> None:
    with serving((status, b"<html>")) as script:
        http = Http(script.url)
        with pytest.raises(Failure, match="no Zaguán"):
            oauth.ask(http, None)
        http.close()


@pytest.mark.parametrize("text", ["", "a b", "a\n", "\u00e9", "x" * 1001, None, 1])
def test_a_credential_that_no_header_can_carry_is_none(text: object) -> None:
    with serving((200, GIVEN | {"access_token": text})) as script, pytest.raises(Failure):
        wait(script)


@pytest.mark.parametrize("answer", [b"", b"[]", b"null", b"{}", b'{"access_token": "x"}', b"<html>"])
def test_what_is_not_a_zaguan_is_told(answer: bytes) -> None:
    with serving((200, answer)) as script:
        with pytest.raises(Failure):
            wait(script)
        http = Http(script.url)
        with pytest.raises(Failure):
            oauth.ask(http, None)
        http.close()


def test_only_invalid_grant_ends_a_sign_in() -> None:
    """The platform being away for a moment does not sign anybody out."""
    with serving((503, {"detail": "later"}), refused("invalid_grant")) as script:
        http = Http(script.url)
        with pytest.raises(Failure, match="later"):
            oauth.renew(http, "zgr_a")
        with pytest.raises(oauth.Ended):
            oauth.renew(http, "zgr_a")
        http.close()

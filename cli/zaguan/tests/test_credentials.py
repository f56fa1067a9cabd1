"""A credential goes to the platform that gave it, and to no other."""

import time
from pathlib import Path
from typing import Any

import pytest

from zaguan.command import main
from zaguan.credentials import Profiles
from zaguan.failures import SIGNED_OUT, Failure
from zaguan.http import Http
from zaguan.oauth import Credentials
from zaguan.settings import Settings
from zaguan.tests.server import serving

HOME = "https://home.example"
ACCOUNT: dict[str, Any] = {"id": "u", "name": "Ana", "email": None, "status": "active", "permissions": []}


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profiles:
    """Of somebody who is signed in at HOME."""
    for name in ("ZAGUAN_URL", "ZAGUAN_TOKEN", "ZAGUAN_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    profiles = Profiles(Settings.read())
    profiles.put(HOME, Credentials("zga_secret", "zgr_secret", time.time() + 3600, "documents:read"))
    return profiles


def test_another_address_in_the_environment_learns_nothing(
    profiles: Profiles, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((401, {})) as elsewhere:
        monkeypatch.setenv("ZAGUAN_URL", elsewhere.url)
        assert main(["whoami"]) == SIGNED_OUT
        assert elsewhere.asked == []
        assert f"signed in to {HOME}, not to {elsewhere.url}" in capsys.readouterr().err
    assert profiles.url() == HOME


def test_a_token_goes_to_the_address_in_the_environment_whatever_the_profile_is(
    profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving((200, ACCOUNT)) as elsewhere:
        monkeypatch.setenv("ZAGUAN_URL", elsewhere.url)
        monkeypatch.setenv("ZAGUAN_TOKEN", "zgn_text")
        assert main(["whoami"]) == 0
        assert [asked["headers"]["Authorization"] for asked in elsewhere.asked] == ["Bearer zgn_text"]


def test_a_profile_that_has_gone_elsewhere_meanwhile_renews_nothing_here(profiles: Profiles) -> None:
    """Another process has signed in at HOME since this one was refused at its own platform."""
    with serving((200, {})) as here:
        with pytest.raises(Failure, match="signed in to"):
            profiles.renew(Http(here.url), "zga_refused")
        assert here.asked == []
    assert profiles.get() is not None

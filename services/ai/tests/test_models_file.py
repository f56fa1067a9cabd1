"""What the deployer says about models elsewhere, and how what cannot be meant is told."""

from pathlib import Path

import pytest

from ai.models.catalog import Catalog
from ai.models.file import theirs
from ai.settings import Settings
from servicekit.identity import Identity
from servicekit.settings import SettingsError

ANA = Identity("ana", frozenset({"ai:use"}))


def settings(folder: Path, text: str = "", **more: str) -> Settings:
    if text:
        (folder / "ai-models.toml").write_text(text)
    return Settings.model_validate({"secrets_dir": folder, **more})


def test_without_any_there_are_the_bundled_ones(tmp_path: Path) -> None:
    names = [model.id for model in Catalog(theirs(settings(tmp_path))).of(ANA)]
    assert names == ["smollm2-135m-instruct", "all-minilm-l6-v2"]


def test_one_setting_makes_another_the_first(tmp_path: Path) -> None:
    (tmp_path / "ai-upstream-key").write_text("sk-1\n")
    given = settings(tmp_path, ai_upstream_url="https://api.example/v1/", ai_upstream_model="large")
    first, *_ = Catalog(theirs(given)).of(ANA)
    assert (first.id, first.kind) == ("large", "chat")
    assert first.upstream
    assert (first.upstream.url, first.upstream.key_file) == (
        "https://api.example/v1",
        tmp_path / "ai-upstream-key",
    )


def test_stand_ins_are_followed_as_far_as_one_may_use_them_and_never_in_a_circle(tmp_path: Path) -> None:
    text = "".join(
        f'[models.{name}]\nurl = "http://inner/v1"\nfallback = "{other}"\npermission = "{permission}"\n'
        for name, other, permission in (
            ("a", "b", "ai:use"),
            ("b", "c", "ai:use"),
            ("c", "a", "models:manage"),
        )
    )
    catalog = Catalog(theirs(settings(tmp_path, text)))
    assert [m.id for m in catalog.chain(catalog.find("a", "chat", ANA), ANA)] == ["a", "b"]
    boss = Identity("boss", frozenset({"ai:use", "models:manage"}))
    assert [m.id for m in catalog.chain(catalog.find("a", "chat", boss), boss)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[models.a]\n", "models.a.url"),
        ('[models.a]\nurl = "ftp://x"\n', "must be an address"),
        ('[models.a]\nurl = "http://me:word@x/v1"\n', "must be an address"),
        ('[models.a]\nurl = "http://x/v1"\nkey = "../master-key"\n', "models.a.key"),
        ('[models.a]\nurl = "http://x/v1"\nkey = "ai-none"\n', "is missing"),
        ('[models.a]\nurl = "http://x/v1"\nfallback = "b"\n', "falls back to b"),
        ('[models.a]\nurl = "http://x/v1"\nprice = 3\n', "models.a.price"),
        ('[models.a]\nurl = "http://x/v1"\nconcurrent = 0\n', "models.a.concurrent"),
        ("models = 7\n", "models"),
        ("[models\n", "cannot be read"),
    ],
)
def test_what_cannot_be_meant_stops_the_start_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        theirs(settings(tmp_path, text))
    assert told in str(refused.value)
    assert "\n" not in str(refused.value).replace(text, "")
    assert "word" not in str(refused.value)


def test_an_address_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="AI_UPSTREAM_MODEL"):
        theirs(settings(tmp_path, ai_upstream_url="https://api.example/v1"))

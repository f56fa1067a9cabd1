"""Encryption at rest."""

import os
import time
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from backend.vault import Unsealable, Vault, WatchedVault
from servicekit.settings import SettingsError

KEY, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_opens_for_the_same_thing_only() -> None:
    vault = Vault([KEY])
    sealed = vault.seal("ana", "secret")
    assert "secret" not in sealed
    assert vault.open("ana", sealed) == "secret"
    with pytest.raises(Unsealable):
        vault.open("bea", sealed)


def test_the_ring_opens_what_an_older_key_sealed() -> None:
    sealed = Vault([OTHER]).seal("ana", "secret")
    assert Vault([KEY, OTHER]).open("ana", sealed) == "secret"
    with pytest.raises(Unsealable):
        Vault([KEY]).open("ana", sealed)


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "ñ"])
def test_nonsense_does_not_open(sealed: str) -> None:
    with pytest.raises(Unsealable):
        Vault([KEY]).open("ana", sealed)


def test_what_is_too_old_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault([KEY])
    sealed = vault.seal("ana", "secret")
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unsealable):
        vault.open("ana", sealed, max_age=600)


@pytest.mark.parametrize("keys", [["short"], [KEY, "changeme"]])
def test_a_malformed_master_key_is_told(keys: list[str]) -> None:
    with pytest.raises(SettingsError, match="master-key"):
        Vault(keys)


def test_a_file_that_is_replaced_is_read_again_at_the_next_use(tmp_path: Path) -> None:
    file = tmp_path / "master-key"
    file.write_text(KEY)
    vault = WatchedVault(file)
    sealed = vault.seal("ana", "secret")
    for keys in (f"{KEY}\n{OTHER}", f"{OTHER}\n{KEY}"):
        replacement = tmp_path / "new"
        replacement.write_text(keys)
        replacement.replace(file)
        assert vault.open("ana", sealed) == "secret"
        assert vault.open("ana", Vault([OTHER]).seal("ana", "of another process")) == "of another process"
    assert Vault([OTHER]).open("ana", vault.seal("ana", "secret")) == "secret"
    file.write_text(OTHER)
    with pytest.raises(Unsealable):
        vault.open("ana", sealed)


def test_a_file_that_keeps_its_time_is_read_again_too(tmp_path: Path) -> None:
    """As `cp -p` writes it: the same file, as long and as old as the one before."""
    file = tmp_path / "master-key"
    file.write_text(KEY)
    before, vault = file.stat(), WatchedVault(file)
    time.sleep(0.02)
    file.write_text(OTHER)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Vault([OTHER]).open("ana", vault.seal("ana", "secret")) == "secret"


@pytest.mark.parametrize("content", ["", "half a k", None])
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "master-key"
    file.write_text(KEY)
    vault = WatchedVault(file)
    sealed = vault.seal("ana", "secret")
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    assert vault.open("ana", sealed) == "secret"
    file.write_text(f"{OTHER}\n{KEY}")
    assert Vault([OTHER]).open("ana", vault.seal("ana", "x")) == "x"

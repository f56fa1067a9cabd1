"""Signing keys: sealed, published before they sign, kept after."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from backend.app import create_app, refuse_another_master_key
from backend.context import Backend, build
from backend.keys import service as keys
from backend.keys.models import SigningKey
from backend.keys.service import KeyRing
from backend.tests.conftest import secrets_in, settings_for
from servicekit.ids import now
from servicekit.settings import SettingsError


def ring(parts: Backend) -> KeyRing:
    """The keys as a process sees them that has just started."""
    return KeyRing(parts.database, parts.vault)


def kids(parts: Backend) -> set[str]:
    return {str(key["kid"]) for key in ring(parts).public()["keys"]}


def test_the_first_key_is_made_once(fresh: Backend) -> None:
    with fresh.database.write() as tx:
        keys.ensure(tx, fresh.vault)
    assert len(kids(fresh)) == 1


def test_what_is_published_is_public(fresh: Backend) -> None:
    (key,) = ring(fresh).public()["keys"]
    assert {key["kty"], key["crv"], key["alg"], key["use"]} == {"EC", "P-256", "ES256", "sig"}
    assert "d" not in key


def test_a_new_key_is_published_before_it_signs_and_the_old_one_after(fresh: Backend) -> None:
    before = ring(fresh).signing().kid
    with fresh.database.write() as tx:
        new = keys.rotate(tx, fresh.vault, keys.OVERLAP)
    assert kids(fresh) == {before, new}
    assert ring(fresh).signing().kid == before
    with fresh.database.write() as tx:
        tx.execute(update(SigningKey).where(SigningKey.kid == new).values(activates_at=now()))
    assert ring(fresh).signing().kid == new
    assert kids(fresh) == {before, new}


def test_a_key_retires_after_the_overlap_and_is_removed_by_the_next_rotation(fresh: Backend) -> None:
    old = str(ring(fresh).signing().kid)
    with fresh.database.write() as tx:
        new = keys.rotate(tx, fresh.vault, keys.OVERLAP, lead=timedelta(0))
        tx.execute(update(SigningKey).where(SigningKey.kid == old).values(retires_at=now()))
    assert kids(fresh) == {new}
    with fresh.database.write() as tx:
        keys.rotate(tx, fresh.vault, keys.OVERLAP, lead=timedelta(0))
    with fresh.database.read() as tx:
        assert old not in set(tx.scalars(select(SigningKey.kid)))


def test_the_private_part_is_sealed_with_the_master_key(fresh: Backend, tmp_path: Path) -> None:
    with fresh.database.read() as tx:
        row = tx.scalars(select(SigningKey)).one()
    private = ring(fresh).signing().as_dict(private=True)["d"]
    assert str(private) not in f"{row.sealed_private_jwk} {row.public_jwk}"

    elsewhere = fresh.settings.model_copy(update={"secrets_dir": secrets_in(tmp_path / "other")})
    answer = create_app(elsewhere).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json() == {"database": "ok", "schema": "ok", "keys": "failing"}


def test_another_master_key_is_told_before_anything_is_served(fresh: Backend, tmp_path: Path) -> None:
    refuse_another_master_key(fresh)
    elsewhere = fresh.settings.model_copy(update={"secrets_dir": secrets_in(tmp_path / "other")})
    with pytest.raises(SettingsError, match=r"other/master-key is not the one"):
        refuse_another_master_key(build(elsewhere))


def test_a_database_without_keys_or_tables_may_still_come(database_url: str, tmp_path: Path) -> None:
    refuse_another_master_key(build(settings_for(database_url, tmp_path / "secrets")))


def test_a_new_key_is_enough_when_the_master_key_was_lost(fresh: Backend, tmp_path: Path) -> None:
    elsewhere = fresh.settings.model_copy(update={"secrets_dir": secrets_in(tmp_path / "new")})
    parts = build(elsewhere)
    with parts.database.write() as tx:
        new = keys.rotate(tx, parts.vault, keys.OVERLAP, lead=timedelta(0))
    assert ring(parts).signing().kid == new
    assert len(kids(parts)) == 2
    parts.database.engine.dispose()


def test_a_key_sealed_for_one_id_is_not_opened_for_another(fresh: Backend) -> None:
    with fresh.database.write() as tx:
        tx.execute(update(SigningKey).values(kid="another"))
    with pytest.raises(RuntimeError):
        ring(fresh).signing()


def test_the_key_set_may_be_kept_for_a_minute(fresh: Backend) -> None:
    answer = create_app(fresh.settings).test_client().get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/jwk-set+json"
    assert answer.headers["Cache-Control"] == "public, max-age=60"

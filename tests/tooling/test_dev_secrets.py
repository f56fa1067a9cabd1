"""Development secrets: made once, private, never overwritten."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError

from backend.service_clients.keys import read_service_keys
from scripts import dev_secrets
from scripts.console import Failure
from servicekit.service_key import ServiceKey
from servicekit.settings import SettingsError


def test_they_are_made_private_and_only_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    names = [*dev_secrets.MAKERS, "service-key-ai.pem", "service-key-documents.pem"]
    assert dev_secrets.ensure(folder) == names
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    first = {file: file.read_bytes() for file in folder.iterdir()}
    assert dev_secrets.ensure(folder) == []
    assert first == {file: file.read_bytes() for file in folder.iterdir()}


def test_several_at_once_agree_and_leave_nothing_half_made(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [
            name for names in pool.map(lambda _: dev_secrets.ensure(tmp_path), range(8)) for name in names
        ]
    assert sorted(made) == sorted({*dev_secrets.MAKERS, "service-key-ai.pem", "service-key-documents.pem"})
    assert {file.name for file in tmp_path.iterdir()} == {
        *made,
        "service-key-ai.pub.pem",
        "service-key-documents.pub.pem",
    }


@pytest.mark.parametrize("kind", ["web", "installed"])
def test_a_client_secret_as_google_gives_it_is_taken(tmp_path: Path, kind: str) -> None:
    (tmp_path / "client-secret.json").write_text(f'{{"{kind}": {{"client_id": "a", "client_secret": "b"}}}}')
    dev_secrets.ensure(tmp_path)


def test_older_master_keys_may_follow_the_current_one(tmp_path: Path) -> None:
    dev_secrets.ensure(tmp_path / "a")
    dev_secrets.ensure(tmp_path / "b")
    both = (tmp_path / "a" / "master-key").read_text() + (tmp_path / "b" / "master-key").read_text()
    (tmp_path / "a" / "master-key").write_text(both)
    dev_secrets.ensure(tmp_path / "a")
    (tmp_path / "a" / "master-key").write_text(f"{both}and a third\n")
    with pytest.raises(Failure, match="master-key is broken"):
        dev_secrets.ensure(tmp_path / "a")


def test_a_service_signs_with_its_key_and_the_backend_knows_the_public_part(tmp_path: Path) -> None:
    dev_secrets.ensure(tmp_path, ["agenda", "documents"])
    first = dict(read_service_keys(tmp_path))
    assert first.keys() == {"agenda", "documents"}
    assertion = ServiceKey.read(tmp_path, "agenda").assertion("https://us.example")
    assert jwt.decode(assertion, first["agenda"], algorithms=["ES256"]).claims["sub"] == "agenda"
    with pytest.raises(BadSignatureError):
        jwt.decode(assertion, first["documents"], algorithms=["ES256"])
    (tmp_path / "service-key-agenda.pem").unlink()
    dev_secrets.ensure(tmp_path, ["agenda", "documents"])
    anew = read_service_keys(tmp_path)
    assert anew["agenda"].thumbprint() != first["agenda"].thumbprint()
    assert anew["documents"].thumbprint() == first["documents"].thumbprint()


def test_a_private_key_in_the_place_of_a_public_one_stops_the_backend(tmp_path: Path) -> None:
    dev_secrets.ensure(tmp_path)
    (tmp_path / "service-key-documents.pub.pem").write_text(dev_secrets.new_service_key())
    with pytest.raises(SettingsError, match="not a public key"):
        read_service_keys(tmp_path)


def test_each_file_is_told_about_in_the_readme() -> None:
    readme = (Path(dev_secrets.__file__).parents[1] / "secrets" / "README.md").read_text()
    services = (dev_secrets.private_file("<service>"), dev_secrets.public_file("<service>"))
    assert all(f"`{name}`" in readme for name in (*dev_secrets.CHECKS, *services))

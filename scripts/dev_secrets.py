"""Development secrets: made where absent, never overwritten, and checked before anything starts.

What each file is for is told in secrets/README.md.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from scripts.console import Failure

Check = Callable[[str], None]

SERVICES = ("ai", "documents")
"""Who has a key of its own to prove to the backend who it is, unless the policy says else."""


def ensure(folder: Path, services: Iterable[str] = SERVICES) -> list[str]:
    """Make what is absent in `folder` and check the rest. The names of the files made."""
    private = {private_file(service): new_service_key for service in services}
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        made = [name for name, make in (MAKERS | private).items() if _make(folder / name, make)]
        for name, check in (CHECKS | dict.fromkeys(private, check_service_key)).items():
            _check(folder / name, check)
        for service in services:
            _publish(folder, service)
    except OSError as error:
        raise Failure(f"{error.filename or folder} cannot be written: {error.strerror}.") from None
    return made


def private_file(service: str) -> str:
    """Where a service finds its own key."""
    return f"service-key-{service}.pem"


def public_file(service: str) -> str:
    """Where the backend finds the public part of it."""
    return f"service-key-{service}.pub.pem"


def new_service_key() -> str:
    key = generate_ec_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_part(private: str) -> str:
    """Of a service's key, as the backend gets it."""
    key = load_pem_private_key(private.encode(), password=None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def check_service_key(text: str) -> None:
    key = load_pem_private_key(text.encode(), password=None)
    if not (isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1)):
        raise TypeError("not a key on the curve P-256")


def _publish(folder: Path, service: str) -> None:
    """The public part is that of the private one, also after this one has been replaced."""
    target, text = folder / public_file(service), public_part((folder / private_file(service)).read_text())
    if not target.exists() or target.read_text() != text:
        temporary = _written(target, text)
        temporary.replace(target)


def _make(path: Path, make: Callable[[], str]) -> bool:
    """Write the file whole or not at all; if another process is faster, its file stays."""
    if path.exists():
        return False
    temporary = _written(path, make())
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    return True


def _written(path: Path, text: str) -> Path:
    """A file beside `path`, with mode 0600."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    return Path(temporary)


def _check(path: Path, check: Check) -> None:
    if not path.exists():
        return
    try:
        check(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError, KeyError):
        raise Failure(f"{path} is broken: {ADVICE.get(path.name, REMAKE)}") from None


def _new_signing_key() -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _check_master_key(text: str) -> None:
    keys = text.split()
    if not keys:
        raise ValueError("no key")
    for key in keys:
        Fernet(key)


def _check_signing_key(text: str) -> None:
    if not isinstance(load_pem_private_key(text.encode(), password=None), RSAPrivateKey):
        raise TypeError("not an RSA key")


def _check_client_secret(text: str) -> None:
    if len(text.strip()) < 16:
        raise ValueError("too short")


def _check_google_client(text: str) -> None:
    content = json.loads(text)
    client = content["web" if "web" in content else "installed"]
    if not all(isinstance(client[name], str) and client[name] for name in ("client_id", "client_secret")):
        raise ValueError("incomplete")


MAKERS: dict[str, Callable[[], str]] = {
    "master-key": lambda: f"{Fernet.generate_key().decode()}\n",
    "demo-idp-key.pem": _new_signing_key,
    "demo-client-secret": lambda: f"{secrets.token_urlsafe(32)}\n",
}

CHECKS: dict[str, Check] = {
    "master-key": _check_master_key,
    "demo-idp-key.pem": _check_signing_key,
    "demo-client-secret": _check_client_secret,
    "client-secret.json": _check_google_client,
}

REMAKE = "remove it, and the next start makes a new one."
ADVICE = {
    "master-key": "put back the original; only if the local data may be lost, `make reset` and start again.",
    "client-secret.json": "download it again from Google's console, or remove it to use the demo accounts.",
}

"""Development secrets: made where absent, never overwritten, and checked before anything starts.

What each file is for is told in secrets/README.md.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from scripts.console import Failure

Check = Callable[[str], None]


def ensure(folder: Path) -> list[str]:
    """Make what is absent in `folder` and check the rest. The names of the files made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        made = [name for name, make in MAKERS.items() if _make(folder / name, make)]
    except OSError as error:
        raise Failure(f"{error.filename or folder} cannot be written: {error.strerror}.") from None
    for name, check in CHECKS.items():
        _check(folder / name, check)
    return made


def _make(path: Path, make: Callable[[], str]) -> bool:
    """Write the file whole or not at all; if another process is faster, its file stays."""
    if path.exists():
        return False
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        Path(temporary).unlink()
    return True


def _check(path: Path, check: Check) -> None:
    if not path.exists():
        return
    try:
        check(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError, KeyError):
        raise Failure(f"{path} is broken: {ADVICE[path.name]}") from None


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

ADVICE = {
    "master-key": "put back the original; only if the local data may be lost, `make reset` and start again.",
    "demo-idp-key.pem": "remove it, and the next start makes a new one.",
    "demo-client-secret": "remove it, and the next start makes a new one.",
    "client-secret.json": "download it again from Google's console, or remove it to use the demo accounts.",
}

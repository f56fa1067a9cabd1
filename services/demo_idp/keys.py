"""The provider's signing key: an RSA key in a file, so that it outlives a restart."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from servicekit.settings import SettingsError

FILE = "demo-idp-key.pem"
ALGORITHM = "RS256"
REMEDY = "Remove the file: a new one is made."


def signing_key(directory: Path) -> RSAKey:
    """The key in `directory`, made there if absent. Its key id is its thumbprint (RFC 7638)."""
    path = directory / FILE
    if not path.exists():
        _write_new_key(path)
    return _read_key(path)


def _write_new_key(path: Path) -> None:
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except FileExistsError:
        return  # another process was faster; its key is as good
    except OSError as error:
        raise SettingsError(f"The key file {path} cannot be written ({type(error).__name__}).") from None


def _read_key(path: Path) -> RSAKey:
    try:
        key = RSAKey.import_key(path.read_bytes(), {"use": "sig", "alg": ALGORITHM})
        public_only = not key.is_private
    except (OSError, ValueError, JoseError) as error:
        raise SettingsError(f"{path} is not a key ({type(error).__name__}). {REMEDY}") from None
    if public_only:
        raise SettingsError(f"{path} holds no private key. {REMEDY}")
    key.ensure_kid()
    return key

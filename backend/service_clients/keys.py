"""The public keys of the services that may call the backend for their people: one file a service, in secrets/."""

from collections.abc import Mapping
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from servicekit.service_key import PUBLIC
from servicekit.settings import SettingsError, read_secret

ServiceKeys = Mapping[str, ECKey]
"""service → its public key."""


def read_service_keys(folder: Path) -> ServiceKeys:
    """Every `service-key-….pub.pem` in `folder`; a broken one stops the process."""
    files = sorted(folder.glob(PUBLIC.format("*")))
    prefix, suffix = PUBLIC.split("{}")
    return {file.name.removeprefix(prefix).removesuffix(suffix): _read(file) for file in files}


def _read(file: Path) -> ECKey:
    try:
        key = ECKey.import_key(read_secret(file.parent, file.name))
        usable = key.curve_name == "P-256" and not key.is_private
    except (ValueError, TypeError, JoseError):
        usable = False
    if not usable:
        raise SettingsError(f"{file} is not a public key (PEM, P-256). See secrets/README.md.")
    return key

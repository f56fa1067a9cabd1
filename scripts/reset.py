"""`make reset`: deletes the local data and the development secrets, after asking. Standard library only."""

from __future__ import annotations

import shutil

from scripts import console
from scripts.alone import alone
from scripts.console import Failure
from scripts.shell import ROOT

DATA = (ROOT / "var" / "data", ROOT / "var" / "nginx")
# What `make up` makes anew. The deployer's own client-secret.json stays.
SECRETS = ("master-key", "demo-idp-key.pem", "demo-client-secret", "service-key-*.pem")


def main() -> int:
    print("This deletes every account and document kept under var/, and the development secrets.")
    if not _agreed():
        raise Failure("Nothing was deleted.")
    with alone(ROOT / "var"):
        for folder in DATA:
            shutil.rmtree(folder, ignore_errors=True)
        for secret in (file for pattern in SECRETS for file in (ROOT / "secrets").glob(pattern)):
            secret.unlink(missing_ok=True)
    print("Deleted. `make up` begins anew.")
    return 0


def _agreed() -> bool:
    try:
        return input("Type yes to go on: ").strip().lower() == "yes"
    except EOFError:
        return False


if __name__ == "__main__":
    console.run(main)

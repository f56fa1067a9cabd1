"""`make dev-cert`: a certificate for localhost (or the host in ARGS), to try https on one's own machine.

It is signed by an authority made for it alone, whose key is thrown away: trust secrets/tls-authority.pem in the
browser.
"""

import os
import sys
from datetime import timedelta

from compose import certificates
from scripts import console
from scripts.console import Failure
from scripts.shell import ROOT

SECRETS = ROOT / "secrets"
LIFETIME = timedelta(days=820)  # Apple's systems accept no more than 825
FILES = {
    "tls-authority.pem": ("ca.pem",),
    "tls-certificate.pem": ("server-cert.pem", "ca.pem"),
    "tls-key.pem": ("server-key.pem",),
}


def main() -> int:
    host = sys.argv[1] if len(sys.argv) > 1 else "localhost"
    for name in FILES:
        if (SECRETS / name).exists():
            raise Failure(f"secrets/{name} is there already. Remove it if it is not wanted any more.")
    SECRETS.chmod(0o700)
    made = certificates.for_server(host, LIFETIME)
    for name, parts in FILES.items():
        with os.fdopen(os.open(SECRETS / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("".join(made[part] for part in parts))
    print(f"Made for {host}, in secrets/. Trust tls-authority.pem in the browser.")
    return 0


if __name__ == "__main__":
    console.run(main)

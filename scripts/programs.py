"""Programs that come from the system's packages: found, or installed where that is allowed.

Standard library only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.console import Failure, step
from scripts.shell import run

INSTALL = Path(__file__).with_name("apt_install.sh")
# Debian keeps servers where an ordinary user's PATH does not look.
MORE_FOLDERS = "/usr/sbin:/usr/local/sbin:/usr/local/bin"


@dataclass(frozen=True)
class Program:
    """Any of `commands` will do; `package` is the Debian package that has it."""

    package: str
    commands: tuple[str, ...]
    data: Path | None = None
    """What must be there besides, where the commands alone are of no use."""

    def find(self) -> str | None:
        """Its path, if it is installed."""
        if self.data is not None and not self.data.exists():
            return None
        path = os.environ.get("PATH", "") + os.pathsep + MORE_FOLDERS
        return next((found for command in self.commands if (found := shutil.which(command, path=path))), None)

    @property
    def path(self) -> str:
        found = self.find()
        if found is None:
            raise Failure(f"{self.commands[0]} is not installed. {advice(self.package)}")
        return found


NGINX = Program("nginx", ("nginx",))
MARIADB = Program("mariadb-server", ("mariadbd",))
CHROMIUM = Program("chromium", ("chromium", "chromium-browser", "google-chrome"))
FAKETIME = Program("faketime", ("faketime",))
PROMTOOL = Program("prometheus", ("promtool",))
APERTIUM = Program("apertium-eng-spa", ("apertium",), Path("/usr/share/apertium/modes/spa-eng.mode"))

OLDEST_NGINX = (1, 22)


def ensure(*programs: Program) -> None:
    """Install what is missing, or say the one command that does."""
    missing = [program.package for program in programs if program.find() is None]
    if missing:
        install(*missing)


def wish(program: Program, without: str) -> None:
    """Install it where that is allowed; else say what is worse `without` it, and go on."""
    if program.find() is not None:
        return
    try:
        install(program.package)
    except Failure:
        print(f"  {program.package} is not installed: {without}. {advice(program.package)}", flush=True)


def install(*packages: str) -> None:
    """With apt, as root or by a sudo that asks for no password; else a Failure with the command to type."""
    become_root = _become_root()
    if become_root is None:
        raise Failure(f"{' and '.join(packages)} must be installed. {advice(*packages)}")
    with step(f"Install {', '.join(packages)}"):
        run([*become_root, str(INSTALL), *packages])


def advice(*packages: str) -> str:
    return f"Type: sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def check_nginx() -> None:
    told = subprocess.run([NGINX.path, "-v"], capture_output=True, text=True, check=False).stderr
    version = re.search(r"nginx/(\d+)\.(\d+)", told)
    if version and (int(version[1]), int(version[2])) < OLDEST_NGINX:
        raise Failure(
            f"nginx is too old ({version[0][6:]}): {'.'.join(map(str, OLDEST_NGINX))} or newer is needed."
        )


def _become_root() -> list[str] | None:
    """How to run a command as root without being asked anything; None if there is no way, or no apt."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None

"""What the environment says: the only reader of it."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zaguan.failures import USAGE, Failure

PROFILE = re.compile(r"[A-Za-z0-9._-]{1,40}")


@dataclass(frozen=True)
class Settings:
    config: Path
    """Where the credentials are."""
    state: Path
    """Where it is remembered which file is which document."""
    profile: str
    token: str | None = None
    """A personal access token, which counts instead of a sign-in."""
    url: str | None = None
    graphical: bool = False
    """Whether a browser could show itself."""

    @classmethod
    def read(cls, profile: str | None = None, environ: Mapping[str, str] | None = None) -> "Settings":
        """Of the environment; `profile` is what the command line says of it."""
        told = os.environ if environ is None else environ
        name = profile or told.get("ZAGUAN_PROFILE") or "default"
        if not PROFILE.fullmatch(name):
            raise Failure(f"{name!r} is no name of a profile: letters, digits, '.', '_' and '-'.", USAGE)
        home = Path(told.get("HOME") or Path.home())
        return cls(
            config=_folder(told.get("XDG_CONFIG_HOME"), home / ".config"),
            state=_folder(told.get("XDG_STATE_HOME"), home / ".local" / "state"),
            profile=name,
            token=told.get("ZAGUAN_TOKEN") or None,
            url=told.get("ZAGUAN_URL") or None,
            graphical=bool(told.get("DISPLAY") or told.get("WAYLAND_DISPLAY")) or sys.platform == "darwin",
        )


def _folder(told: str | None, default: Path) -> Path:
    """A relative path is none (XDG Base Directory Specification)."""
    return (Path(told) if told and Path(told).is_absolute() else default) / "zaguan"

"""Starts the API that behaves as it is told, and names its models for the service."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

KINDS = (
    "steady", "slow", "silent", "stalls", "dies", "wordy", "garbage", "html", "mad", "errs", "gone", "uncounted",
    "status-500", "status-429", "status-401", "status-400", "status-400-long", "once-500", "once-500-b",
    "counts-early", "echoes", "translates", "forgets", "cites-badly",
    "counts-nothing", "counts-absurdly", "never-stops", "compressed", "no-number", "no-text", "no-calls", "no-end",
    "too-deep", "half",
)  # fmt: skip
COUNTS = ("counts-nothing", "counts-absurdly", "silent")


class FakeUpstream:
    """As the tests see it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"

    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = httpx2.get(f"{self.url}/seen", trust_env=False).json()
        return told

    def seen(self, kind: str) -> list[dict[str, Any]]:
        return [seen for seen in self.told()["seen"] if seen["body"]["model"] == kind]

    def broken_off(self, kind: str) -> int:
        return int(self.told()["broken_off"].count(kind))


@contextmanager
def running() -> Iterator[FakeUpstream]:
    command = [sys.executable, "-m", "ai.tests.fake_upstream"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield FakeUpstream(int(process.stdout.readline() if process.stdout else 0))
        finally:
            process.kill()


def write_models(secrets: Path, url: str) -> None:
    """One model of each kind, and some with peculiarities."""
    secrets.mkdir(exist_ok=True)
    (secrets / "ai-upstream-key").write_text("sk-of-the-deployer\n")
    entries = [_entry(kind, url) for kind in KINDS]
    entries += [
        _entry("embedder", url, kind="embedding"),
        *(_entry(f"embedder-{kind}", url, kind="embedding", model=kind) for kind in COUNTS),
        _entry("for-few", url, model="steady", permission="models:manage"),
        _entry("with-stand-in", url, model="status-500-stood-in", fallback="steady"),
        _entry("exact", url, model="costs-110"),
        _entry("roomy", url, model="echoes", max_tokens=400),
        _entry("silent-long", url, model="silent", first_byte=60),
        _entry("tight", url, model="steady", context=700),
        _entry("translator", url, model="translates", max_tokens=1000),
        _entry("forgetful", url, model="forgets", max_tokens=1000),
        _entry("narrow", url, model="slow", concurrent=1),
        _entry("sees-the-world", url, model="steady", remote_pictures=True, picture_tokens=500),
    ]
    (secrets / "ai-models.toml").write_text("".join(entries))


def _entry(name: str, url: str, **more: Any) -> str:
    told = {
        "url": url,
        "key": "ai-upstream-key",
        "max_tokens": 20,
        "first_byte": 2,
        "between": 2,
        "concurrent": 64,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in (told | more).items()]
    return f'[models."{name}"]\n' + "\n".join(lines) + "\n\n"

"""Fingerprints of what something was made from, so that it is made again only when that has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from scripts.shell import ROOT


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Of the files' names and contents, and of `words`."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_made_from(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted

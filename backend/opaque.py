"""Opaque credentials for programs: `zgn_`, 38 letters of chance, 6 of checksum.

The prefix says what it is, and the checksum lets secret scanners and typing mistakes be told without a look into the
database. Only the hash is stored.
"""

import re
import secrets
import string
import zlib

ACCESS_TOKEN = "zgn"  # noqa: S105
"""A personal access token."""
PROGRAM_ACCESS, PROGRAM_REFRESH = "zga", "zgr"
"""Of a program that its person has signed in (RFC 8628): short-lived, and what renews it."""

ALPHABET = string.digits + string.ascii_letters
CHANCE, CHECKSUM = 38, 6  # 226 bits; CRC-32
SHAPE = re.compile(rf"(zgn|zga|zgr)_([0-9A-Za-z]{{{CHANCE}}})([0-9A-Za-z]{{{CHECKSUM}}})")


def new_credential(kind: str) -> str:
    """A new one of this kind."""
    chance = "".join(secrets.choice(ALPHABET) for _ in range(CHANCE))
    return f"{kind}_{chance}{_checksum(kind, chance)}"


def kind_of(text: str) -> str | None:
    """The kind of a well-formed credential; None when it cannot be one of ours."""
    match = SHAPE.fullmatch(text)
    if match is None or _checksum(match[1], match[2]) != match[3]:
        return None
    return match[1]


def _checksum(kind: str, chance: str) -> str:
    number, letters = zlib.crc32(f"{kind}_{chance}".encode()), ""
    for _ in range(CHECKSUM):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters

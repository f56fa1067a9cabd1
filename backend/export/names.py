"""File names for an archive that is opened on any system, whatever text they are made from."""

import re
import unicodedata

LONGEST = 100  # bytes of UTF-8; with a folder and a number well below what file systems take
BAD = re.compile(r'[/\\:*?"<>|]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # Windows


def file_name(wanted: str) -> str:
    """One plain name: no folder, no control character, nothing hidden, not too long; its ending stays."""
    stem, dot, ending = wanted.rpartition(".")
    if not stem or not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        stem, ending = wanted, ""
    stem = _shortened(_plain(stem)).strip(" .") or "untitled"
    if RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    return re.sub(" +", " ", BAD.sub("-", "".join(kept))).strip(" .")


def _shortened(text: str) -> str:
    return text.encode()[:LONGEST].decode(errors="ignore")


class Names:
    """Names that are each there once, also where capitals make no difference."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def one(self, wanted: str) -> str:
        """`wanted` as a file name, with a number if that is taken."""
        name = file_name(wanted)
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        number, free = self._numbers.get(name.casefold(), 1), name
        while free.casefold() in self._taken:
            number += 1
            free = f"{stem} ({number}){dot}{ending}"
        self._numbers[name.casefold()] = number
        self._taken.add(free.casefold())
        return free

"""A ZIP archive from somebody we know nothing of: what is in it, and what of it is taken.

Nothing is ever written to a file system, so a name can lead nowhere; one that tries to is refused all the same.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from typing import NamedTuple

from servicekit.jobs import JobFailed, Line, Outcome

MOST_BYTES = 16 * 1024 * 1024  # of an archive
MOST_ENTRIES = 10_000
MOST_FILES = 2_000  # Markdown files
MOST_TEXT = 128 * 1024 * 1024  # bytes of all Markdown files together
LARGEST_FILE = (1024 + 64) * 1024  # bytes: a document's text, and what may stand before it
LARGEST_DIRECTORY = 2 * 1024 * 1024  # bytes: what lists the entries is read in one piece

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")
JOINERS = "\u200c\u200d"  # emoji are made with them
OF_SYSTEMS = {".ds_store", "thumbs.db", "desktop.ini"}
LEFT_OUT, FAILED = Outcome.LEFT_OUT, Outcome.FAILED
ENCRYPTED, IN_UTF8 = 0x1, 0x800  # flag bits of an entry (APPNOTE.TXT, section 4.4.4)
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OverflowError, ValueError)


class TooLong(Exception):
    """More is to be read in one piece than an honest archive has."""


class Careful(BufferedReader):
    """What lists an archive's entries is read as a whole, before we can look: no more of it than we have memory for."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LARGEST_DIRECTORY:
            raise TooLong
        return super().read(size)


class Entry(NamedTuple):
    """One file of an archive. `name` is its path as people write it; `refused` is its line, if it is not taken."""

    name: str
    info: zipfile.ZipInfo
    refused: Line | None


class Archive:
    """An open archive. JobFailed when it is none, or more than we take."""

    def __init__(self, file: BufferedReader) -> None:
        try:
            self._zip = zipfile.ZipFile(Careful(file.detach(), 64 * 1024))
        except TooLong:
            raise too_many_entries() from None
        except DAMAGED:
            raise JobFailed(
                "not_a_zip", "This is not a ZIP archive, or it is damaged. Make it anew and try again."
            ) from None
        self.entries = list(self._listed())
        self._limit()

    def read(self, entry: Entry) -> bytes | None:
        """Its content; None if it is damaged. Never more than the archive says, nor than LARGEST_FILE."""
        try:
            with self._zip.open(entry.info) as file:
                return file.read(LARGEST_FILE)
        except DAMAGED:
            return None

    def close(self) -> None:
        self._zip.close()

    def _listed(self) -> Iterator[Entry]:
        seen = set[str]()
        for info in self._zip.infolist():
            name = path_of(info)
            if name.endswith("/"):
                continue  # a folder
            yield Entry(shown(name), info, refusal(name, info, seen))
            seen.add(name)

    def _limit(self) -> None:
        taken = [entry.info.file_size for entry in self.entries if entry.refused is None]
        if len(self.entries) > MOST_ENTRIES:
            raise too_many_entries()
        if not self.entries:
            raise JobFailed("empty", "There is no file in this archive.")
        if len(taken) > MOST_FILES:
            told = f"There are {len(taken)} Markdown files in this archive; {MOST_FILES} are taken at most. Split it."
            raise JobFailed("too_many_files", told)
        if sum(taken) > MOST_TEXT:
            told = f"The files are over {MOST_TEXT // 1024 // 1024} MB together when unpacked. Split the archive."
            raise JobFailed("too_large", told)


def too_many_entries() -> JobFailed:
    told = f"There are more than {MOST_ENTRIES} files in this archive. Leave out what is not Markdown, or split it."
    return JobFailed("too_many_entries", told)


def path_of(info: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 and do not say so; some on Windows write backslashes."""
    name = info.filename
    if not info.flag_bits & IN_UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def shown(name: str) -> str:
    """A path for a report: one line, and what nobody can see as it is written in programs."""
    return "".join(sign if sign.isprintable() or sign in JOINERS else f"\\x{ord(sign):02x}" for sign in name)


def refusal(name: str, info: zipfile.ZipInfo, seen: set[str]) -> Line | None:
    """Why an entry is not taken, as far as that can be told without opening it."""
    for is_so, outcome, code, detail in (
        (_is_of_a_system(name), LEFT_OUT, "system_file", "It belongs to an operating system, not to you."),
        (_is_special(info), LEFT_OUT, "link", "It is a link, not a file. Put the file itself in."),
        (leads_out(name), FAILED, "unsafe_name", "Its path leads out of the archive. Rename it."),
        (_ends(name, ARCHIVES), LEFT_OUT, "archive", "It is an archive itself. Unpack it first."),
        (not _ends(name, MARKDOWN), LEFT_OUT, "not_markdown", "Only Markdown files (.md) are taken."),
        (name in seen, LEFT_OUT, "repeated", "Another file of the archive has the same path."),
        (info.flag_bits & ENCRYPTED, FAILED, "encrypted", "It needs a password. Put it in without one."),
        (not _is_usual(info), FAILED, "packing", "It is packed in an unusual way. Make an ordinary ZIP."),
        (info.file_size > LARGEST_FILE, FAILED, "too_large", "It is over 1 MB. Shorten or split it."),
    ):
        if is_so:
            return Line(shown(name), outcome, code, detail)
    return None


def leads_out(name: str) -> bool:
    """Absolute, on a drive, or up."""
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")


def _is_of_a_system(name: str) -> bool:
    *folders, last = name.lower().split("/")
    return "__macosx" in folders or last.startswith("._") or last in OF_SYSTEMS


def _is_special(info: zipfile.ZipInfo) -> bool:
    """A link, a device: what is neither a plain file nor says nothing of what it is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in {0, stat.S_IFREG}


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().endswith(endings)


def _is_usual(info: zipfile.ZipInfo) -> bool:
    """Others, such as LZMA, may ask for any amount of memory."""
    return info.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

"""A ZIP that is written while it is sent: nothing of it is kept but its list of names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PIECE = 64 * 1024  # bytes
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # that a ZIP can tell
READABLE = 0o644 << 16


@dataclass(frozen=True)
class Entry:
    """A file of the archive; `path` is safe already. Its text comes in pieces, so that it may be long."""

    path: str
    pieces: Iterable[str]
    modified_at: datetime | None = None


class _Outbox:
    """What ZipFile writes into: it cannot be sought in, and is emptied again and again."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        """ZipFile asks for it."""

    close = flush

    def __len__(self) -> int:
        return len(self._written)

    def take(self) -> bytes:
        taken, self._written = bytes(self._written), bytearray()
        return taken


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive in pieces of about 64 kB."""
    outbox = _Outbox()
    with ZipFile(outbox, "w", ZIP_DEFLATED) as archive:
        for entry in entries:
            with archive.open(_described(entry), "w") as file:
                for piece in entry.pieces:
                    file.write(piece.encode(errors="replace"))
                    if len(outbox) >= PIECE:
                        yield outbox.take()
    yield outbox.take()


def _described(entry: Entry) -> ZipInfo:
    moment = max(entry.modified_at or datetime.now(UTC), EARLIEST).astimezone(UTC)
    told = ZipInfo(entry.path, moment.timetuple()[:6])
    told.compress_type, told.external_attr = ZIP_DEFLATED, READABLE
    return told

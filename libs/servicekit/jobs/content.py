"""What comes with a job: cut into pieces for the database, and read again like a file, a piece at a time. And what its
steps have made so far and go on from, in pieces after those."""

import io
from collections import OrderedDict
from collections.abc import Sequence
from typing import IO

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from typing_extensions import Buffer

from servicekit.database import Database
from servicekit.jobs.tables import JOB_PIECES
from servicekit.problems import TooLarge

PIECE = 512 * 1024
"""Bytes. MySQL's smallest packet limit in use is 16 MB, and a driver may escape each byte as two."""
KEPT = 4  # pieces in memory


class Gone(OSError):
    """The job has ended meanwhile, and its content with it."""


def pieces_of(stream: IO[bytes], most: int) -> list[bytes]:
    """All that `stream` gives; 413 if it is more than `most` bytes."""
    pieces, size = [], 0
    while piece := _full(stream):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise TooLarge(f"This is over {most // 1024 // 1024} MB. Split it.")
    return pieces


def _full(stream: IO[bytes]) -> bytes:
    """The next piece; shorter only at the end."""
    found, missing = [], PIECE
    while missing and (some := stream.read(missing)):
        found.append(some)
        missing -= len(some)
    return b"".join(found)


def keep(tx: Session, job_id: str, pieces: Sequence[bytes]) -> None:
    for number, content in enumerate(pieces):
        tx.execute(insert(JOB_PIECES).values(job_id=job_id, number=number, content=content))


def add(tx: Session, job_id: str, made: Sequence[bytes]) -> None:
    """Keep what a step has made until the job ends."""
    if made:
        last = select(func.coalesce(func.max(JOB_PIECES.c.number), -1)).where(JOB_PIECES.c.job_id == job_id)
        first = tx.execute(last).scalar_one() + 1
        rows = [
            {"job_id": job_id, "number": number, "content": content}
            for number, content in enumerate(made, first)
        ]
        tx.execute(insert(JOB_PIECES), rows)


def made(database: Database, job_id: str, size: int) -> list[bytes]:
    """All that the steps of a job with `size` bytes of content have made, in order."""
    theirs = (JOB_PIECES.c.job_id == job_id, JOB_PIECES.c.number >= -(-size // PIECE))
    with database.read() as tx:
        found = tx.scalars(select(JOB_PIECES.c.content).where(*theirs).order_by(JOB_PIECES.c.number))
        return [bytes(content) for content in found]


class Content(io.RawIOBase):
    """A job's content as a file. Gone, if the job ends while it is read."""

    def __init__(self, database: Database, job_id: str, size: int) -> None:
        super().__init__()
        self._database, self._job, self.size = database, job_id, size
        self._at = 0
        self._pieces: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        if self._at >= self.size or not view.nbytes:
            return 0
        number, begin = divmod(self._at, PIECE)
        found = self._piece(number)[begin : begin + view.nbytes]
        view[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _piece(self, number: int) -> bytes:
        if number not in self._pieces:
            self._pieces[number] = self._fetch(number)
            if len(self._pieces) > KEPT:
                self._pieces.popitem(last=False)
        self._pieces.move_to_end(number)
        return self._pieces[number]

    def _fetch(self, number: int) -> bytes:
        wanted = select(JOB_PIECES.c.content).where(
            JOB_PIECES.c.job_id == self._job, JOB_PIECES.c.number == number
        )
        with self._database.read() as tx:
            content = tx.scalar(wanted)
        if content is None:
            raise Gone(self._job)
        return bytes(content)


def opened(database: Database, job_id: str, size: int) -> io.BufferedReader:
    return io.BufferedReader(Content(database, job_id, size), 64 * 1024)

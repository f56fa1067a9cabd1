"""Spanish in English words, by Apertium's rules and dictionaries: the bundled embeddings know English only.

It need not be installed (Debian's package is apertium-eng-spa). Where it is not, Spanish texts stay as they are and are
found less well, and whoever shows results can say so.
"""

import re
import threading
from functools import cached_property

import structlog

from ai.language.glossary import glossary
from ai.language.pipeline import Broken, Pipeline, stages

log = structlog.get_logger()

MODE, BACK = "spa-eng", "eng-spa"
LONGEST = 1000  # characters that go through at a time
RESERVED = re.compile(r"([\[\]{}^$/\\@<>~])")
NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Apertium takes U+FFFF for the end of what it reads: it would answer in two parts."""
ESCAPED = re.compile(r"\\(.)")
BLANKS = "[][\n]"
END = f".{BLANKS}"  # what Apertium's own reader puts after a text, so that the last sentence is done
PIECE = re.compile(
    rf".{{1,{LONGEST}}}(?:(?<=[.!?;:])\s+|$)|.{{1,{LONGEST}}}(?:\s+|$)|.{{1,{LONGEST}}}", re.DOTALL
)


def escaped(text: str) -> str:
    """A text as Apertium reads it."""
    return RESERVED.sub(r"\\\1", NO_TEXT.sub(" ", text))


def plain(told: str) -> str:
    """What Apertium wrote as a text."""
    return ESCAPED.sub(r"\1", told)


class English:
    """One for each process: its programs start with the first text and stay. Any thread may use it."""

    def __init__(self, mode: str = MODE) -> None:
        self._mode = mode
        self._lock = threading.Lock()
        self._pipeline: Pipeline | None = None

    @cached_property
    def available(self) -> bool:
        """Whether Apertium is installed with this pair of languages; found out once."""
        return bool(stages(self._mode))

    def of(self, spanish: str) -> str | None:
        """The text in English; None if it cannot be had."""
        if not self.available:
            return None
        text = " ".join(NO_TEXT.sub(" ", spanish).split())
        try:
            return " ".join(self._piece(piece.strip()) for piece in PIECE.findall(text))
        except Broken as error:
            log.warning("not translated", reason=str(error))
            return None

    def as_read(self, spanish: str) -> str:
        """As well as it can be put into English: with what the glossary adds, or with nothing else."""
        added = ", ".join(glossary().of(spanish))
        return f"{self.of(spanish) or spanish}{f' ({added})' if added else ''}"

    def close(self) -> None:
        """End its programs; the next text starts them again."""
        with self._lock:
            self._close()

    def _piece(self, text: str) -> str:
        """Whatever breaks off is started again once: a program may have died since the last text."""
        return plain(self.through(escaped(text))).strip()

    def through(self, sent: str) -> str:
        """What becomes of a piece in Apertium's own format, in which `[…]` passes as it is. Broken if nothing does."""
        with self._lock:
            try:
                told = self._exchanged(sent + END)
            except Broken:
                told = self._exchanged(sent + END)
        return told.removesuffix(BLANKS).removesuffix(".")

    def _exchanged(self, sent: str) -> str:
        """What ends as it was sent is whole; anything else is what a dying program left behind."""
        if self._pipeline is None:
            self._pipeline = Pipeline(stages(self._mode))
        try:
            told = self._pipeline.exchange(sent.encode()).decode(errors="replace")
        except Broken:
            self._close()
            raise
        if not told.endswith(BLANKS) or "\0" in told:
            self._close()
            raise Broken("its answer is not whole")
        return told

    def _close(self) -> None:
        if self._pipeline is not None:
            self._pipeline.close()
        self._pipeline = None

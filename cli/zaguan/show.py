"""What is shown: results on standard output, for people or as JSON; everything said besides on standard error."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from zaguan.failures import plain

LARGE = 256 * 1024  # bytes from which it is worth a bar


class Screen:
    """`as_json`: one JSON document instead of words."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._out = Console(highlight=False, markup=False, emoji=False)
        self._err = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._bars: Progress | None = None
        self._in_a_line = False

    def result(self, content: Any, words: str) -> None:
        """One thing."""
        self.close()
        if self.as_json:
            self._json(content)
        else:
            self._out.print(_lines(words), soft_wrap=True)

    def table(self, content: Any, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Many things: a table on a terminal, tabs between the columns elsewhere."""
        self.close()
        cells = [[plain(cell) for cell in row] for row in rows]
        if self.as_json:
            self._json(content)
        elif not cells:
            self.say("There are none.")
        elif self._out.is_terminal:
            shown = Table(*columns, box=None, pad_edge=False, header_style="bold")
            for row in cells:
                shown.add_row(*(Text(cell, overflow="fold") for cell in row))
            self._out.print(shown)
        else:
            sys.stdout.write("".join("\t".join(row) + "\n" for row in cells))

    def each(self, what: str, ids: Sequence[str], do: Callable[[str], object]) -> None:
        """Do it to each, and say of each that it is done: what comes after one that fails is not."""
        for one in ids:
            do(one)
            if not self.as_json:
                self.result(None, f"{what} {one}")
        if self.as_json:
            self._json({what.lower(): list(ids)})

    def raw(self, content: bytes) -> None:
        """As it is, byte by byte."""
        self.close()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()

    def piece(self, text: str) -> None:
        """A part of something that is written bit by bit."""
        self.close()
        sys.stdout.write("\n".join(map(plain, text.split("\n"))))
        sys.stdout.flush()
        if text:
            self._in_a_line = not text.endswith("\n")

    def break_off(self) -> None:
        """What was being shown ends here: what is said next begins a line."""
        self.close()
        if self._in_a_line:
            with suppress(BrokenPipeError):
                self.piece("\n")

    def say(self, words: str) -> None:
        """To the person, beside the result."""
        self.close()
        self._err.print(_lines(words))

    def watch(self, what: str, size: int) -> Callable[[int], None]:
        """A bar on a terminal for what takes its time."""
        if size < LARGE or not self._err.is_terminal:
            return lambda _more: None
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        bars = self._bars = self._bars or Progress(*columns, console=self._err, transient=True)
        bars.start()
        task = bars.add_task(what, total=size)
        return lambda more: bars.advance(task, more)

    def close(self) -> None:
        """Take the bars away: what they showed is done."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    @staticmethod
    def _json(content: Any) -> None:
        in_full = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        sys.stdout.write(json.dumps(content, ensure_ascii=not in_full, indent=2) + "\n")


def _lines(words: str) -> Text:
    return Text("\n".join(map(plain, words.splitlines())))

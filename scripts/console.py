"""How the tools speak: a line per step with its time, one clear line for a failure. Standard library only."""

from __future__ import annotations

import contextlib
import io
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

TITLE_WIDTH = 34


class Failure(Exception):
    """What the person at the keyboard can mend. Its text is the one line they read."""


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a piece of work, then tell how long it took."""
    print(f"  {title:<{TITLE_WIDTH}}", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:6.1f} s", flush=True)


def box(lines: Sequence[str]) -> str:
    """The lines in a frame."""
    width = max(map(len, lines))
    rows = [f"│ {line:<{width}} │" for line in lines]
    return "\n".join([f"╭─{'─' * width}─╮", *rows, f"╰─{'─' * width}─╯"])


def run(main: Callable[[], int]) -> None:
    """Call `main` and exit with its code. A Failure is one line and exit 1, Ctrl-C is exit 130."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a frame gets question marks, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        sys.exit(main())
    except Failure as failure:
        sys.stdout.flush()
        print(f"✗ {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)

"""What all commands have in common: from where they act, and how they print."""

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from backend.audit.service import Origin

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

HERE = Origin(address="command line")


def print_table(rows: Iterable[Sequence[str]]) -> None:
    """In columns as wide as they have to be."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())

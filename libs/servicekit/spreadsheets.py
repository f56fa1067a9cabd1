"""CSV (RFC 4180) that a spreadsheet may open without harm."""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(cells: Iterable[str]) -> str:
    """One line; no cell of it is taken for a formula."""
    told = io.StringIO()
    csv.writer(told).writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    return told.getvalue()

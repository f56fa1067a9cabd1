"""ZIP archives as people and attackers make them."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

Files = Mapping[str, str | bytes]


def packed(files: Files, **details: Any) -> bytes:
    """An archive with these files; `details` are set in each entry."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                entry(name, **details), content, details.get("compress_type", zipfile.ZIP_DEFLATED)
            )
    return made.getvalue()


def entry(name: str, **details: Any) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for detail, value in details.items():
        setattr(info, detail, value)
    return info


def notes(count: int, size: int = 0) -> bytes:
    """So many small notes."""
    return packed(
        {f"notes/{number:04}.md": f"# Note {number}\n\n{'word ' * size}" for number in range(count)}
    )

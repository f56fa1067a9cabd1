"""A document as a file: Markdown, with what belongs to it before the text (front matter in YAML)."""

import json
import re

from documents.library.models import Document
from servicekit.people import File

# Some readers of YAML take these for the end of a line, or for no text at all.
SPECIAL = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def as_file(document: Document) -> File:
    lines = [
        "---",
        f"id: {document.id}",
        f"title: {_quoted(document.title)}",
        f"tags: [{', '.join(map(_quoted, document.tags))}]",
        f"created_at: {document.created_at.isoformat()}",
        f"updated_at: {document.updated_at.isoformat()}",
        "---",
        "",
        document.body,
    ]
    return File(f"{document.title}.md", "\n".join(lines), document.updated_at)


def _quoted(text: str) -> str:
    """A string of JSON is one of YAML (1.2, section 1.3)."""
    return SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))

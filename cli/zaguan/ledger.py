"""Which file is which document, and which version of it: so that `put` after `get` or `put` replaces, and notices
what was changed meanwhile elsewhere."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zaguan.session import Session
from zaguan.store import PrivateFile


@dataclass(frozen=True)
class Known:
    """A document, and the ETag of the version that the file was made from."""

    id: str
    etag: str | None = None


def recall(session: Session, file: Path) -> Known | None:
    """What this file was put to, or got from, last time at this platform."""
    told = _here(session, _file(session).read()).get(str(file.resolve()))
    return Known(told["id"], told["etag"]) if told else None


def remember(session: Session, file: Path, known: Known) -> None:
    with _file(session).changing() as content:
        here = content.setdefault("files", {}).setdefault(session.http.url, {})
        here[str(file.resolve())] = {"id": known.id, "etag": known.etag}


def forget(session: Session, document_id: str) -> None:
    """The document is gone."""
    with _file(session).changing() as content:
        here = _here(session, content)
        for path in [path for path, told in here.items() if told["id"] == document_id]:
            del here[path]


def _here(session: Session, content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content.get("files", {}).get(session.http.url, {})
    return found


def _file(session: Session) -> PrivateFile:
    return PrivateFile(session.settings.state / "documents.json")

"""zaguan documents list, get, put, rm."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from zaguan import ledger
from zaguan.commands import Commands
from zaguan.failures import CHANGED, NOT_FOUND, REFUSED, USAGE, Failure
from zaguan.http import Answer
from zaguan.ledger import Known
from zaguan.session import Session

DOCUMENTS = "/api/documents"
MOST = 100  # in one page
TITLE = 200  # characters
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
FENCE = re.compile(r"^ {0,3}(?:```|~~~)")


def register(commands: Commands) -> None:
    area = commands.area("documents", "your saved documents")
    listed = area.add("list", list_documents, "your documents, the last changed first")
    listed.add_argument("--search", metavar="WORDS", help="those with these words, best match first")
    listed.add_argument("--tag", help="those with this tag")
    listed.add_argument("--limit", type=_positive, default=50, help="how many at most (50)")
    got = area.add("get", get, "read a document, to the screen or into a file")
    got.add_argument("id", help="as `zaguan documents list` shows it")
    got.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write it there; `put` then replaces it"
    )
    saved = area.add("put", put, "save a Markdown file: a new document, or the one that it was before")
    saved.add_argument("file", help="or - for what comes in")
    saved.add_argument("--title", help="else the first heading, else the file's name")
    saved.add_argument("--tag", action="append", dest="tags", metavar="TAG", help="may be repeated")
    saved.add_argument("--force", action="store_true", help="replace it even if it was changed meanwhile")
    which = saved.add_mutually_exclusive_group()
    which.add_argument("--id", help="replace this document")
    which.add_argument("--new", action="store_true", help="a new document in any case")
    removed = area.add("rm", remove, "delete documents")
    removed.add_argument("id", nargs="+")


def list_documents(session: Session, told: argparse.Namespace) -> None:
    if told.search and told.tag:
        raise Failure("Either --search or --tag.", USAGE)
    items = list(_pages(session, told))
    rows = ([item["id"], item["title"], ", ".join(item["tags"]), item["updated_at"][:10]] for item in items)
    session.screen.table({"items": items}, ["ID", "TITLE", "TAGS", "CHANGED"], rows)


def get(session: Session, told: argparse.Namespace) -> None:
    answer = session.ask("GET", _path(told.id))
    document = answer.json()
    if told.output:
        _write(told.output, document["body"])
        ledger.remember(session, told.output, Known(document["id"], answer.headers.get("ETag")))
        session.screen.result(_saved(answer), f"{told.output}: {document['title']}")
    elif session.screen.as_json:
        session.screen.result(_saved(answer), "")
    else:
        session.screen.raw(document["body"].encode())


def put(session: Session, told: argparse.Namespace) -> None:
    """A file is the document that it was put to or got from before, unless --new or --id say otherwise."""
    file = None if told.file == "-" else Path(told.file)
    text = _read(file)
    known = Known(told.id) if told.id else _recalled(session, file, new=told.new)
    answer = _replace(session, told, known, text) if known else None
    made = answer is None
    if answer is None:
        draft = {"title": _title(told, text) or _name(file), "body": text, "tags": told.tags or []}
        answer = session.ask("POST", DOCUMENTS, content=draft)
    document = answer.json()
    if file:
        ledger.remember(session, file, Known(document["id"], answer.headers.get("ETag")))
    words = f"{'Saved as' if made else 'Replaced'} {document['id']}: {document['title']}"
    session.screen.result(_saved(answer), words)


def remove(session: Session, told: argparse.Namespace) -> None:
    def delete(document_id: str) -> None:
        session.ask("DELETE", _path(document_id))
        ledger.forget(session, document_id)

    session.screen.each("Deleted", told.id, delete)


def _pages(session: Session, told: argparse.Namespace) -> Iterator[Any]:
    path = f"{DOCUMENTS}/search" if told.search else DOCUMENTS
    chosen = {"q": told.search} if told.search else {"tag": told.tag} if told.tag else {}
    left, cursor = told.limit, None
    while left > 0:
        params = {**chosen, "limit": str(min(left, MOST)), **({"cursor": cursor} if cursor else {})}
        page = session.ask("GET", path, params=params).json()
        yield from page["items"]
        left, cursor = left - len(page["items"]), page["next"]
        if cursor is None:
            return


def _recalled(session: Session, file: Path | None, *, new: bool) -> Known | None:
    return ledger.recall(session, file) if file and not new else None


def _replace(session: Session, told: argparse.Namespace, known: Known, text: str) -> Answer | None:
    """The document with this text; None if it was deleted meanwhile, and the file should be a new one."""
    try:
        before = session.ask("GET", _path(known.id))
    except Failure as failure:
        if failure.code != NOT_FOUND or told.id:
            raise
        session.screen.say("The document that this file was is gone: it is saved as a new one.")
        return None
    current, etag = before.json(), before.headers.get("ETag", "*")
    if known.etag and known.etag != etag and not told.force:
        raise Failure(
            f"It was changed meanwhile. Read it (zaguan documents get {known.id}), or replace it with --force.",
            CHANGED,
        )
    tags = current["tags"] if told.tags is None else told.tags
    draft = {"title": _title(told, text) or current["title"], "body": text, "tags": tags}
    return session.ask("PUT", _path(known.id), headers={"If-Match": etag}, content=draft)


def _title(told: argparse.Namespace, text: str) -> str | None:
    return told.title or first_heading(text)


def first_heading(text: str) -> str | None:
    """Of Markdown, in one line, outside of blocks of code."""
    in_code = False
    for line in text.splitlines():
        if FENCE.match(line):
            in_code = not in_code
        found = None if in_code else HEADING.match(line)
        if found and (words := " ".join(found[1].split())):
            return words[:TITLE]
    return None


def _name(file: Path | None) -> str:
    if file is None:
        raise Failure("What comes in has no heading and no name. Give it one: --title", USAGE)
    return file.stem[:TITLE]


def _read(file: Path | None) -> str:
    try:
        content = sys.stdin.buffer.read() if file is None else file.read_bytes()
    except OSError as error:
        raise Failure(f"{file} cannot be read ({error.strerror}).", USAGE) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Failure(f"{file or 'What comes in'} is not text in UTF-8.", REFUSED) from None


def _write(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise Failure(f"{file} cannot be written ({error.strerror}).") from None


def _saved(answer: Answer) -> dict[str, Any]:
    return {**answer.json(), "etag": answer.headers.get("ETag")}


def _path(document_id: str) -> str:
    return f"{DOCUMENTS}/{quote(document_id, safe='')}"


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number

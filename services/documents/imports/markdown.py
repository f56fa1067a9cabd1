"""A Markdown file as a draft of a document: its title and tags are where people write them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationError

from documents.library.schemas import MAX_BODY, MAX_TAGS, DocumentDraft
from documents.search.snippets import plain
from documents.search.words import composed
from servicekit.problems import TooLarge

LONGEST_TITLE, LONGEST_TAG = 200, 50
LONGEST_HEAD = 64 * 1024  # characters of front matter

HEAD = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
BLOCKS = {">", ">-", ">+", "|", "|-", "|+"}  # what follows is below
COMMENT = re.compile(r"(?:^|[ \t])#.*$")
HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t])")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
FAR = 500  # lines: a heading further down is no title
OURS = {"id", "created_at", "updated_at"}  # of our own export; a document gets new ones


class Unreadable(Exception):
    """Not a text that can be a document: `code` and `detail` are for the report."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Read(NamedTuple):
    """`cut`: not all tags could be kept, or not all of them whole."""

    draft: DocumentDraft
    cut: bool


class Head(NamedTuple):
    """What stands before the text, between two lines `---`: what we know of it, and its other lines."""

    title: str
    tags: list[str]
    others: str


def read(name: str, content: bytes) -> Read:
    """The file `name` as a draft. Unreadable, when it cannot be one."""
    text = decoded(content)
    head, body = split(text)
    if head.others:
        body = f"```yaml\n{head.others}\n```\n\n{body}"  # nobody's data is lost, and it is not taken for a heading
    title = _one_line(head.title)[:LONGEST_TITLE].strip() or heading(body) or stem(name)
    tags, cut = fitting(head.tags)
    try:
        return Read(DocumentDraft(title=title, body=body, tags=tags), cut)
    except TooLarge:
        raise Unreadable(
            "too_large", f"It is over {MAX_BODY // 1024 // 1024} MB. Shorten or split it."
        ) from None
    except ValidationError:
        raise Unreadable("not_text", "It has signs in it that no text has.") from None


def decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, and any ends of lines."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not_utf8", "It is not written in UTF-8. Save it with that encoding.") from None
    if "\0" in text:
        raise Unreadable("not_text", "It has signs in it that no text has.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split(text: str) -> tuple[Head, str]:
    """Front matter and text. What looks like front matter and is none stays in the text."""
    found = HEAD.match(text, 0, LONGEST_HEAD) if text.startswith("---") else None
    first = found[1].lstrip().partition("\n")[0] if found else "none"
    if found is None or (first and not KEY.match(first) and not first.startswith("#")):
        return Head("", [], ""), text
    return head_of(found[1]), text[found.end() :].removeprefix("\n")


def head_of(block: str) -> Head:
    """Of the simple YAML that people and programs write there: `title: …`, `tags: [a, b]`, or a list below it."""
    title, tags, others, last = list[str](), list[str](), list[str](), ""
    for line in block.split("\n"):
        key = KEY.match(line)
        last = key[1].lower() if key else last
        value = (key[2] or "").strip() if key else line.strip()
        if last == "title":
            title += [] if value in BLOCKS else [_scalar(value)]
        elif last in {"tags", "tag", "keywords"}:
            tags += _listed(value) if key else _item(line)
        elif last not in OURS:
            others.append(line)
    return Head(" ".join(title), tags, "\n".join(others).strip("\n"))


def heading(body: str) -> str:
    """The first heading, as text; what stands in code is none."""
    before = ""
    for line in _outside_code(body.split("\n", FAR)[:FAR]):
        told = _marked(line) or (before if UNDERLINE.match(line) else "")
        if title := _one_line(plain(told))[:LONGEST_TITLE].strip():
            return title
        before = line.strip()
    return ""


def _outside_code(lines: list[str]) -> Iterator[str]:
    """Those that are not between fences, as far as a title can be long; the fences as empty ones."""
    fence = ""
    for line in lines:
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            yield ""
        elif not fence:
            yield line[:1000]


def _marked(line: str) -> str:
    """The text of a heading with `#` before it, and perhaps after it."""
    found = HEADING.match(line)
    text = line[found.end() :].strip() if found else ""
    shorter = text.rstrip("#")
    return shorter.strip() if shorter[-1:] in {"", " ", "\t"} else text


def stem(name: str) -> str:
    """What the file is called."""
    last = name.rsplit("/", 1)[-1]
    return _one_line(last.rpartition(".")[0] or last)[:LONGEST_TITLE].strip() or "?"


def fitting(tags: list[str]) -> tuple[list[str], bool]:
    """Tags as documents take them, and whether any had to be cut or left out."""
    clean = [_one_line(tag).lstrip("#").strip() for tag in tags]
    clean = list(dict.fromkeys(tag for tag in clean if tag))
    kept = [tag[:LONGEST_TAG].strip() for tag in clean[:MAX_TAGS]]
    return kept, kept != clean


def _listed(value: str) -> list[str]:
    """`[a, "b"]`, or `a, b`."""
    if value.startswith("["):
        return [_scalar(part) for part in _parts(value[1:], "]")]
    return [_scalar(part) for part in _parts(COMMENT.sub("", value), "")]


def _parts(text: str, end: str) -> Iterator[str]:
    """Between commas, up to `end`; what is in quotes does not count."""
    part, quote = "", ""
    for sign in text:
        if quote:
            quote = "" if sign == quote and not part.endswith("\\") else quote
        elif sign in {'"', "'"} and not part.strip():
            quote = sign
        elif sign == end:
            break
        elif sign == ",":
            yield part
            part = ""
            continue
        part += sign
    yield part


def _item(line: str) -> list[str]:
    found = ITEM.match(line)
    return [_scalar(found[1])] if found else []


def _scalar(value: str) -> str:
    """A plain or a quoted word of YAML."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value, strict=False))
        except ValueError:
            return value[1:-1]
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return COMMENT.sub("", value).strip()


def _one_line(text: str) -> str:
    """Without what ends a line or controls anything; composed, as some systems take the accents in names off."""
    clean = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in text)
    return composed(" ".join(clean.split()))

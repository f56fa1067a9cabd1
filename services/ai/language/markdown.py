"""Markdown, taken apart into what is to be read and what is to stay as it is: joined again, it is the same document."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
FENCE = re.compile(r"[ >\t]*(`{3,}|~{3,}|\$\$)")
FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
INDENTED = re.compile(r"(?: {4}|\t)\s*\S")
HTML = re.compile(r" {0,3}<[/!?a-zA-Z]")
REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:")
RULE = re.compile(r"(?:=+|-+|(?:[*_-][ \t]*){3,})[ \t]*")
DELIMITERS = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
ROW = re.compile(r"\|.*\|[ \t]*")
QUOTES = re.compile(r"(?:[ \t]*>)*[ \t]*")
PREFIX = re.compile(
    r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])(?:[ \t]+\[[ xX]\](?=[ \t]))?|#{1,6}(?=[ \t])))*[ \t]*"
)
ITEM = re.compile(r"[-*+.)]")

MARK = re.compile(
    r"""
    (?P<ticks>`{1,5})(?!`)[^\n]{1,500}?(?<!`)(?P=ticks)(?!`)          # code
    | \]\([^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,1000})?(?:[ \t]+"[^"]{0,300}")?\)  # where a link leads
    | \]\[[^\]\[]{0,200}\]
    | <[^<>\s][^<>]{0,500}>                                           # HTML, an address
    | (?:https?://|www\.)[^\s<>()\[\]]{0,1000}[^\s<>()\[\].,;:!?*_'"]
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+
    | \\[!-/:-@\[-`{-~]                                               # a sign that is meant as it is
    | \[\^[^\]\s]{1,50}\]                                             # a footnote
    | (?<!\w)\w{0,64}[_/]\w[\w/.-]{0,200}                             # a_name, a/path
    | !?\[ | \] | [*_~]{1,3} | &\#?\w{1,30};
    """,
    re.VERBOSE,
)
"""What is within a text and is not read: it stays, in this order."""


class Piece(NamedTuple):
    """`is_read`: it is a text in some language, with nothing but such marks in it."""

    text: str
    is_read: bool


def pieces(markdown: str) -> list[Piece]:
    """In order. The lines of a paragraph become one, so that its sentences are whole."""
    together = groupby(_pieces(markdown), lambda piece: piece.is_read and _has_words(piece.text))
    found = [Piece("".join(piece.text for piece in some), is_read) for is_read, some in together]
    return [piece for piece in found if piece.text]


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, MARK.sub("", text)))


def _pieces(markdown: str) -> Iterator[Piece]:
    front = FRONT_MATTER.match(markdown)
    if front is not None:
        yield Piece(front[0], is_read=False)
        markdown = markdown[front.end() :]
    paragraph = _Paragraph()
    for kind, line in _lines(markdown):
        text, end = line.removesuffix("\n"), line[len(line.removesuffix("\n")) :]
        said = text.lstrip(" >\t")
        if kind == "text" and not (RULE.fullmatch(said) or DELIMITERS.fullmatch(said)):
            yield from _table_row(text, end) if ROW.fullmatch(said) else paragraph.add(text, end)
            continue
        yield from paragraph.close()
        yield Piece(line, is_read=False)
    yield from paragraph.close()


def _lines(markdown: str) -> Iterator[tuple[str, str]]:
    """Each line, and whether it is `text` or `kept` as it is: code, HTML, where references lead."""
    fence, html, blank, in_list = "", False, True, False
    for line in LINE.findall(markdown):
        begins = FENCE.match(line)
        is_blank = not line.strip()
        if fence:
            if begins and begins[1].startswith(fence) and not line.strip(" >\t\n`~$"):
                fence = ""
            yield "kept", line
        elif begins:
            fence = "" if line.rstrip().endswith("$$") and line.count("$$") > 1 else begins[1]
            yield "kept", line
        else:
            in_list = (in_list and (is_blank or line.startswith((" ", "\t")))) or _is_item(line)
            html = not is_blank and (html or (blank and bool(HTML.match(line))))
            code = blank and not in_list and bool(INDENTED.match(line))
            kept = is_blank or html or code or bool(REFERENCE.match(line))
            yield "kept" if kept else "text", line
            blank = is_blank or code
            continue
        blank = True


def _is_item(line: str) -> bool:
    prefix = PREFIX.match(line)
    return prefix is not None and ITEM.search(prefix[0]) is not None


def _table_row(text: str, end: str) -> Iterator[Piece]:
    for place, part in enumerate(re.split(r"((?<!\\)\|)", text)):
        inner = part.strip()
        if place % 2 or not inner:
            yield Piece(part, is_read=False)
            continue
        begin = part.index(inner)
        yield Piece(part[:begin], is_read=False)
        yield Piece(inner, is_read=True)
        yield Piece(part[begin + len(inner) :], is_read=False)
    yield Piece(end, is_read=False)


class _Paragraph:
    """Lines that belong together, until one of them says that it is the last."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._after, self._quotes = "", ""

    def add(self, text: str, end: str) -> Iterator[Piece]:
        prefix = _of(PREFIX, text)
        rest = text[len(prefix) :]
        ending = _ending(rest)
        said = rest[: len(rest) - len(ending)]
        if not said.strip():
            yield from self.close()
            yield Piece(text + end, is_read=False)
            return
        if self._said and prefix == _of(QUOTES, text) and prefix.count(">") == self._quotes.count(">"):
            self._said.append(said.strip())
        else:
            yield from self.close()
            yield Piece(prefix, is_read=False)
            self._said, self._quotes = [said], prefix
        self._after = ending + end
        if ending or "#" in prefix:
            yield from self.close()

    def close(self) -> Iterator[Piece]:
        if self._said or self._after:
            yield Piece(" ".join(self._said), is_read=True)
            yield Piece(self._after, is_read=False)
        self._said, self._after = [], ""


def _of(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found[0] if found else ""


def _ending(text: str) -> str:
    """What ends a line and is not said: a line's break, or the signs that close a heading. Looked for from behind: a
    pattern would try each of a line's thousand blanks, and all of them after each."""
    said = text.rstrip(" \t")
    heading = said.rstrip("#")
    if heading != said and heading.endswith((" ", "\t")):
        return text[len(heading.rstrip(" \t")) :]
    after = text[len(said) :]
    if len(after) > 1:
        return after
    return "\\" if not after and said.endswith("\\") else ""

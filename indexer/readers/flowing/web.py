"""Web pages (HTML): headings, paragraphs, lists and tables. Only importer of lxml.

Nothing is fetched, no entity is resolved beyond HTML's own, and what a page runs or navigates with is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.errors import UnreadablePaper
from indexer.layout.strikes import left_out
from indexer.readers.flowing.flow import Line, pages, row, tidy
from indexer.readers.flowing.styles import Look, Styles
from indexer.readers.flowing.text import LARGEST, decoded
from indexer.records import STRUCK, UNSEEN, Document
from indexer.text.raised import apart, raised, unstruck

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEFT_OUT: Final = frozenset((
    "script", "style", "nav", "noscript", "template", "iframe", "object", "embed", "svg", "math", "form", "button",
    "select", "input", "footer", "head", "link",
))  # fmt: skip
_INLINE: Final = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
))  # fmt: skip
# Fields that show what was typed into them, as the page's other words.
_TYPED: Final = frozenset(("text", "number", "date", "email", "tel", "url"))
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_WIDEST: Final = 100  # columns or rows that a cell may reach over
_CELL: Final = 1_500  # characters: a longer cell lays out a page rather than a table
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# A server's notice in place of a paper is this short, and asks for a password or is headed by an error's number.
_SHORT: Final = 100
_NOTICE: Final = re.compile(r"\b[45]\d\d\b|\bnot found\b", re.I)


def read(path: Path) -> Document:
    """Read a web page.

    Raises:
        UnreadablePaper: too large, not HTML, or without any text.
    """
    from lxml import etree, html

    if path.stat().st_size > LARGEST:
        message = f"larger than {LARGEST // 1_000_000} MB"
        raise UnreadablePaper(message, path=str(path))
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_text(path.read_bytes()).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        message = f"not a web page that can be read: {error}"
        raise UnreadablePaper(message, path=str(path)) from error
    styles = Styles(root)
    flow = _Flow(styles)
    made = pages(flow.lines(root))
    if not made:
        message = "no text in it"
        raise UnreadablePaper(message, path=str(path), expected="text", found="none")
    title = tidy(root.findtext(".//title") or "")
    if notice := _notice(root, title, sum(len(page.text.split()) for page in made)):
        message = f"no paper: {notice}"
        raise UnreadablePaper(message, path=str(path), expected="a paper", found=notice)
    margins, said = frozenset(_margins(root)), frozenset(_pictured(root, styles))
    return Document("html", False, made, title, faults=left_out(flow.left_out), margins=margins, overlays=said)


def _notice(root: Element, title: str, words: int) -> str:
    """What a server sent in place of a paper, "" if it sent one."""
    if words > _SHORT:
        return ""
    if any(field.get("type", "").casefold() == "password" for field in root.iter("input")):
        return "a page that asks for a password"
    heads = [title, *(tidy(root.findtext(f".//{name}") or "") for name in ("h1", "h2"))]
    return next((f'a notice by the server ("{head[:60]}")' for head in heads if _NOTICE.search(head)), "")


def _margins(root: Element) -> Iterator[str]:
    """What is left out of the text but may mark it: footers, and what the page says of itself to machines."""
    for footer in root.iter("footer"):
        yield from (tidy(text) for text in footer.itertext() if isinstance(text, str))
    yield from (tidy(meta.get("content", "")) for meta in root.iter("meta"))


def _pictured(root: Element, styles: Styles) -> Iterator[str]:
    """What pictures are said to show, and what rules of style put into the page: stamps and watermarks are among it."""
    yield from (tidy(picture.get("alt", "")) for picture in root.iter("img"))
    yield from map(tidy, styles.contents)


def _text(raw: bytes) -> str:
    """Decode by the page's own word for its encoding, if that holds, else as text files are decoded."""
    named = _CHARSET.search(raw[:4096])
    if named and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong word for it is common; go by the bytes
    return decoded(raw)


class _Flow:
    """Walks a page in reading order and gathers the inline text of each block.

    ``left_out`` counts the struck-out words, and those that no browser shows.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._held: list[str] = []
        self._bold: list[str] = []
        self._lead = 0  # pieces that are bold before one that is not
        self.left_out: Counter[str] = Counter()

    def lines(self, root: Element) -> Iterator[Line]:
        """Blocks below ``root``; depth is bounded by the parser (256), work by the file's size."""
        yield from self._walk(root, 0, "", Look())
        yield from self._flush(0, "")

    def _walk(self, element: Element, level: int, mark: str, look: Look) -> Iterator[Line]:
        self._hold(element.text, element.tag, look)
        counter = 0
        for child in element.iterchildren():
            tag = child.tag if isinstance(child.tag, str) else ""
            inner = self._styles.of(child, look) if tag else look
            if tag == "input" and not inner.hidden and child.get("type", "text").casefold() in _TYPED:
                self._hold(f" {child.get('value', '')} ", tag, inner)
            elif tag == "svg" and not inner.hidden and (drawn := [tidy(_content(part)) for part in child.iter("text")]):
                yield from self._flush(level, mark)
                yield from (Line(said) for said in drawn if said)
            elif not tag or (tag in _LEFT_OUT and not _body(child)):
                pass
            elif inner.hidden:
                self.left_out[UNSEEN] += len(_content(child).split())
            elif inner.struck:
                self.left_out[STRUCK] += len(_content(child).split())
            elif tag in _INLINE:
                yield from self._walk(child, level, mark, inner)
            else:
                yield from self._flush(level, mark)
                counter += tag == "li"
                yield from self._block(child, tag, _marker(element.tag, tag, counter) or "", inner)
            self._hold(child.tail, element.tag, look)

    def _block(self, child: Element, tag: str, mark: str, look: Look) -> Iterator[Line]:
        if tag == "table" and _data(child):
            for caption in child.iterchildren("caption"):
                yield from self._walk(caption, level=0, mark="", look=self._styles.of(caption, look))
                yield from self._flush(0, "")
            for cells in _rows(child):
                made = row("" if cell is None else self._cell(cell, child, look) for cell in cells)
                if made:
                    yield made
            return
        level = _HEADINGS.get(tag, 0)
        yield from self._walk(child, level, mark, look)
        yield from self._flush(level, mark)

    def _cell(self, cell: Element, table: Element, look: Look) -> str:
        inside = list(takewhile(lambda outer: outer is not table, cell.iterancestors()))
        for element in (*reversed(inside), cell):
            look = self._styles.of(element, look)
        if look.hidden or look.struck:
            self.left_out[UNSEEN if look.hidden else STRUCK] += len(_content(cell).split())
            return ""
        inner = _Flow(self._styles)
        lines = [*inner._walk(cell, 0, "", look), *inner._flush(0, "")]
        self.left_out += inner.left_out
        return " ".join(line.text for line in lines)

    def _hold(self, text: str | None, tag: object, look: Look) -> None:
        if text:
            self._held.append(raised("".join(self._held[-4:]), text) if look.raised else text)
            if tag in ("b", "strong"):
                self._bold.append(text)
                self._lead += len(self._bold) == len([one for one in self._held if one.strip()])

    def _flush(self, level: int, mark: str) -> Iterator[Line]:
        text = apart(unstruck(tidy("".join(self._held))))
        bold = bool(text) and tidy("".join(self._bold)) == text
        lead = tidy("".join(self._bold[: self._lead]))
        led = len(mark + lead) if lead and text.startswith(lead) and not (bold or level) else 0
        self._held.clear()
        self._bold.clear()
        self._lead = 0
        if text:
            yield Line(mark + text, level=level, bold=bold or level > 0, lead=led)


def _body(element: Element) -> bool:
    """Whether a form is really the frame of a whole page, as some servers write them."""
    return element.tag == "form" and any(element.find(f".//{name}") is not None for name in ("p", "table", "h1", "h2"))


def _marker(parent: object, tag: str, counter: int) -> str:
    if tag != "li":
        return ""
    return f"{counter}. " if parent == "ol" else "• "


def _content(cell: Element) -> str:
    return " ".join(text for text in cell.itertext() if isinstance(text, str))


def _rows(table: Element) -> Iterator[list[Element | None]]:
    """Rows of a table, each cell in its column; None where a cell above or to the left reaches over."""
    held: dict[int, int] = {}  # rows that a column is still taken for by a cell above
    for tr in table.iter("tr"):
        cells: list[Element | None] = []
        below: dict[int, int] = {}
        for cell in tr.iterchildren("td", "th"):
            while held.get(len(cells)):
                cells.append(None)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            below |= dict.fromkeys(range(len(cells), len(cells) + wide), high)
            cells += [cell, *[None] * (wide - 1)]
        held = {at: rows - 1 for at, rows in (held | below).items() if rows > 1}
        yield cells


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value[:4]), 1), _WIDEST) if value.isascii() and value.isdigit() else 1


def _data(table: Element) -> bool:
    """Whether a table holds data. Older sites lay out whole pages with tables."""
    if table.find(".//table") is not None or any(table.find(f".//{name}") is not None for name in _HEADINGS):
        return False
    cells = list(table.iter("td", "th"))
    rows = sum(1 for _ in table.iter("tr"))
    return len(cells) > rows and all(len(_content(cell)) <= _CELL for cell in cells)

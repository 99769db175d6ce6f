"""Word papers (.docx): headings, numbered lists and tables. Only importer of python-docx.

The package is weighed before it is opened, so that a zip bomb is refused; python-docx resolves no entities and
fetches nothing. Tracked changes read as accepted. Notes come before the next heading after their mark; comments,
struck-out words and embedded files are left out and reported as faults. The page headers come first, once. They, the
footers, watermarks and the file's keywords are the margins, where "Not for publication" is printed.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.errors import UnreadablePaper
from indexer.layout.strikes import left_out
from indexer.readers.flowing.flow import Line, pages, row, tidy
from indexer.readers.flowing.numbering import Numbering
from indexer.readers.flowing.pasted import pasted
from indexer.readers.flowing.runs import Runs
from indexer.records import EMBEDDED, UNSEEN, Document, PageFault
from indexer.text.raised import raised

if TYPE_CHECKING:
    from docx.document import Document as Opened
    from docx.opc.part import Part
    from docx.parts.story import StoryPart
    from lxml.etree import _Element as Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WATERMARK: Final = "{urn:schemas-microsoft-com:vml}textpath"
_LABEL: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LARGEST: Final = 300_000_000  # bytes unpacked, pictures included
_LARGEST_TEXT: Final = 80_000_000  # bytes of one XML part: three thousand pages
_RATIO: Final = 300  # real document.xml parts pack 10 to 60 fold
# What python-docx and zipfile let through from damaged parts, which they read only when asked for them.
_TROUBLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    OSError,
    EOFError,
)
_WRAPPERS: Final = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
# Parts of a package that hold what is not read, by the end of the name that links to them, in words for the ledger.
_UNREAD: Final = dict(zip(("package", "oleObject", "aFChunk"), (EMBEDDED[0], *EMBEDDED), strict=True))


def read(path: Path) -> Document:
    """Read a Word file.

    Raises:
        UnreadablePaper: damaged, too large once unpacked, or without any text.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    _weigh(path)
    try:
        opened: Opened = docx.Document(str(path))
        flow = _Flow(opened)
        made = pages(flow.lines())
        margins, (overlays, unread) = frozenset(flow.margins()), pasted(flow.pictures())
        overlays |= frozenset(filter(None, flow.labels()))
        faults = flow.faults() + ((PageFault(0, f"pictures of text are not read ({unread})"),) if unread else ())
        title, author = opened.core_properties.title, opened.core_properties.author
    except (PackageNotFoundError, LxmlError, *_TROUBLE) as error:
        message = f"damaged Word file: {error}"
        raise UnreadablePaper(message, path=str(path)) from error
    if not made:
        message = "no text in it"
        raise UnreadablePaper(message, path=str(path), expected="text", found="none")
    return Document(
        "docx", False, made, tidy(title or ""), tidy(author or ""), faults=faults, margins=margins, overlays=overlays
    )


def _weigh(path: Path) -> None:
    """Refuse packages that would unpack to more than memory should hold, by what their directory says.

    zipfile stops reading a part at the size that its entry states, so a directory that lies gains nothing.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        message = f"damaged Word file: {error}"
        raise UnreadablePaper(message, path=str(path)) from error
    total = sum(part.file_size for part in parts)
    for part in parts:
        text = part.filename.endswith((".xml", ".rels"))
        bomb = part.file_size > 1_000_000 and part.file_size > _RATIO * max(part.compress_size, 1)
        if bomb or total > _LARGEST or (text and part.file_size > _LARGEST_TEXT):
            size = f"{max(total, part.file_size) // 1_000_000} MB unpacked from {path.stat().st_size // 1_000} kB"
            message = f"refused as a zip bomb or too large: {size}"
            raise UnreadablePaper(message, path=str(path), expected="an ordinary Word file", found=size)


class _Flow:
    """Walks the XML itself: python-docx's paragraphs leave out content controls and tracked insertions."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._styles = {style.get(f"{_W}styleId"): style for style in opened.styles.element.iter(f"{_W}style")}
        self._numbering = Numbering(_part(opened, "numbering"), self._styles)
        self._runs = Runs(self._styles)
        self._notes: list[tuple[str, str]] = []  # pointed to and not yet written
        self._left_out: Counter[str] = Counter()
        self._held = ""  # text whose end of paragraph was deleted: the next paragraph goes on with it

    def lines(self) -> Iterator[Line]:
        """Blocks in reading order, the distinct page headers first."""
        headers = []
        for section in self._opened.sections:
            for header in (section.first_page_header, section.header):
                if not header.is_linked_to_previous:
                    headers += [line for line in self._walk(header._element) if line.text.strip()]
        yield from dict.fromkeys(headers)
        for line in self._walk(self._opened.element.body):
            if line.level:
                yield from self._noted()
            yield line
        yield from self._noted()

    def faults(self) -> tuple[PageFault, ...]:
        """What the file holds beside the text that was read, in words for the ledger."""
        comments = _part(self._opened, "comments")
        count = 0 if comments is None else sum(1 for _ in comments.iterchildren(f"{_W}comment"))
        kinds = [link.reltype.rpartition("/")[2] for link in self._opened.part.rels.values()]
        held = [words for kind, words in _UNREAD.items() if kind in kinds]
        said = [f"comments in the margin are not read ({count})"] if count else []
        said += dict.fromkeys(held)
        return (*(PageFault(0, text) for text in said), *left_out(self._left_out))

    def _noted(self) -> Iterator[Line]:
        """The footnotes and endnotes pointed to so far, each after its number."""
        waiting, self._notes = list(dict.fromkeys(self._notes)), []
        for note in waiting:
            part = _part(self._opened, note[0])
            element = part.find(f"{_W}*[@{_W}id='{note[1]}']") if part is not None and note[1].isdecimal() else None
            text = " ".join(line.text for line in self._walk(element)) if element is not None else ""
            if text:
                yield Line(f"{raised('x', str(self._runs.number(note))).strip('x ')} {text}")

    def margins(self) -> Iterator[str]:
        """Texts of all headers and footers, of watermarks in them, and what the file is labelled as."""
        for section in self._opened.sections:
            for kind in ("header", "footer"):
                for which in (kind, f"first_page_{kind}", f"even_page_{kind}"):
                    edge = getattr(section, which)
                    if not edge.is_linked_to_previous:
                        yield from (line.text for line in self._walk(edge._element))
                        yield from (tidy(mark.get("string", "")) for mark in edge._element.iter(_WATERMARK))
        about = self._opened.core_properties
        yield from map(tidy, (about.subject, about.keywords, about.category, about.content_status))
        for link in self._opened.part.package.rels.values():
            if link.reltype == f"{_RELATED}custom-properties" and not link.is_external:
                # Among a file's own properties office programs keep its label of sensitivity.
                yield from (tidy(text) for text in _parsed(link.target_part).itertext())

    def labels(self) -> Iterator[str]:
        """What pictures are said to show, and words drawn as shapes, in the text and its running headers."""
        for part in self._drawn():
            yield from (tidy(label.get(name, "")) for label in part.element.iter(_LABEL) for name in ("title", "descr"))
            yield from (tidy(mark.get("string", "")) for mark in part.element.iter(_WATERMARK))

    def _drawn(self) -> Iterable[StoryPart]:
        """The parts that may draw something: the text and its running headers."""
        edges = [edge for section in self._opened.sections for edge in (section.header, section.first_page_header)]
        return dict.fromkeys((self._opened.part, *(e.part for e in edges if not e.is_linked_to_previous)))

    def pictures(self) -> Iterator[bytes]:
        """The pictures of the text and of its running headers."""
        for part in self._drawn():
            links = (link for link in part.rels.values() if link.reltype == f"{_RELATED}image" and not link.is_external)
            yield from (link.target_part.blob for link in links)

    def _walk(self, parent: Element) -> Iterator[Line]:
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self._walk(child)
        text, self._held = self._held, ""
        if tidy(text):
            yield Line(tidy(text))

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        said = self._runs.said(paragraph)
        self._left_out += said.left_out
        self._notes += said.notes
        text, self._held = self._held + said.text, ""
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self._held = text
        elif tidy(text):
            lead = said.lead if text == said.text else ""
            yield from self._written(paragraph, text, lead, bold=said.bold)
        for box in said.boxes:
            yield from self._walk(box)

    def _written(self, paragraph: Element, text: str, lead: str, *, bold: bool) -> Iterator[Line]:
        mark = self._numbering.mark(paragraph)
        level = self._level(paragraph)
        if "\t" in text.strip("\t \n") and not mark and not level:
            # Columns made with tabs: "Present:\tCouncillor …" reads as cells.
            for part in text.split("\n"):
                made = row(part.strip("\t").split("\t")) if part.strip() else None
                if made:
                    yield Line(made.text, bold=bold, row="\t" in made.text)
            return
        led = len(f"{mark} {tidy(lead)}".strip()) if tidy(lead) and not level else 0
        yield Line(f"{mark} {tidy(text)}".strip(), level=level, bold=bold or level > 0, lead=led)

    def _table(self, table: Element) -> Iterator[Line]:
        rows = [child for child in _unwrapped(table) if child.tag == f"{_W}tr"]
        rows = [child for child in rows if child.find(f"{_W}trPr/{_W}del") is None]
        unseen = [child for child in rows if child.find(f"{_W}trPr/{_W}hidden") is not None]
        self._left_out[UNSEEN] += sum(len("".join(tr.itertext(f"{_W}t")).split()) for tr in unseen)
        rows = [child for child in rows if child not in unseen]
        cells = [[child for child in _unwrapped(tr) if child.tag == f"{_W}tc"] for tr in rows]
        if all(len(each) <= 1 for each in cells):
            # A box around text, or a layout: its paragraphs are paragraphs of the page.
            for each in cells:
                for cell in each:
                    yield from self._walk(cell)
            return
        for each in cells:
            made = row(" ".join(line.text.replace("\t", " ") for line in self._walk(cell)) for cell in each)
            if made:
                yield made

    def _level(self, paragraph: Element) -> int:
        """Heading depth from the paragraph, its style, or a style that it is based on; 0 for none."""
        outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = named.get(f"{_W}val") if named is not None else None
        for _ in range(10):  # styles based on each other in a ring
            if outline is not None:
                depth = outline.get(f"{_W}val", "")
                return int(depth) + 1 if depth.isdecimal() and int(depth) < 9 else 0
            style = self._styles.get(name)
            if style is None:
                return 0
            called = style.find(f"{_W}name")
            if called is not None and called.get(f"{_W}val", "").casefold() == "title":
                return 1
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            based = style.find(f"{_W}basedOn")
            name = based.get(f"{_W}val") if based is not None else None
        return 0


def _parsed(part: Part) -> Element:
    from docx.oxml import parse_xml

    root: Element = parse_xml(part.blob)
    return root


def _part(opened: Opened, kind: str) -> Element | None:
    """The root of the part that the document names for ``kind``, None if there is none."""
    rels = opened.part.rels.values()
    parts = [link.target_part for link in rels if link.reltype == _RELATED + kind and not link.is_external]
    return _parsed(parts[0]) if parts else None


def _unwrapped(parent: Element) -> Iterator[Element]:
    for child in parent.iterchildren():
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child

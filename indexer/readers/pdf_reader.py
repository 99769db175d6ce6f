"""A PDF into a document: its sheets seen one by one, cleaned together, and laid out as pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import UnreadablePaper
from indexer.layout import clean, legible, margin, overleaf, pages, running, spacing
from indexer.layout.overlays import once, parted
from indexer.layout.strikes import left_out
from indexer.readers.pdf import typed
from indexer.readers.pdf.frame import frame
from indexer.readers.pdf.ink import Proven
from indexer.readers.pdf.sheets import Handle, Rule, Sheet, Word, drawn, level, opened, read_sheet
from indexer.readers.scan import glyphs, layer, marks, ocr, pictures
from indexer.records import ATTACHED, STRUCK, UNSEEN, Document, Page, PageFault, TextMethod

# A sheet with text on its edges only is a scan if a picture covers this share of it; without any text, this share.
SCAN = 0.3
SPECK = 0.02
# A scan read less surely than this has words that nobody wrote.
WORTHLESS = 0.45


def read(path: Path) -> Document:
    """Read a PDF: clean text with boxes, page labels, outline, title and author.

    A page that fails alone becomes an empty page and a fault.

    Raises:
        UnreadablePaper: the file is not a PDF, is damaged beyond repair, needs a password, or has no pages.
    """
    proven: Proven = set()
    with opened(path) as file:
        looks = [_look(file, number, proven) for number in range(1, len(file) + 1)]
        looks = _checked(file, looks)
        looks = _named(file, looks)
        looks = [_stamped_too(file, look) for look in looks]
        drawn_marks = marks.texts(file, [look.sheet for look in looks if look.method == "text"])
        recurs = pictures.recurring([look.sheet for look in looks])
        looks = [_pictures_too(file, look, recurs) for look in looks]
        about = frame(file, path)
        attached, program = typed.attached(file, [look.sheet for look in looks]), typed.needs_adobe(file)
    faults = tuple(PageFault(look.sheet.number, look.fault) for look in looks if look.fault)
    for sheet in (look.sheet for look in looks):
        faults += left_out({UNSEEN: sheet.unseen, STRUCK: sheet.struck}, sheet.number)
    attached = tuple(dict.fromkeys((*attached, *about.files)))
    faults += tuple(PageFault(0, reason) for reason in _beside(attached, program=program))
    edges = {look.sheet.number: running.edge_lines(look.sheet) for look in looks}
    made = tuple(overleaf.mended(list(_pages(looks, edges, about.labels))))
    # Running lines leave the text, but "Not for publication" is often printed nowhere else.
    repeated = {line.text for lines in edges.values() for line in lines}
    margins = frozenset(repeated.union(about.labelled, attached, *(look.sheet.stamps for look in looks)))
    overlays = frozenset(text for look in looks for text in look.sheet.overlays).union(*drawn_marks.values())
    spread = frozenset(text for lines in edges.values() for text in running.spread(lines))
    return Document("pdf", True, made, about.title, about.author, about.outline, faults, margins, overlays, spread)


def _beside(attached: Sequence[str], *, program: bool) -> Iterator[str]:
    """What a file holds beside its pages, which is not read, in words for the ledger."""
    if program:
        yield "a form whose pages only Adobe's program can draw"
    if attached:
        names = ", ".join(f'"{clean.invisible(name)[:60]}"' for name in attached[:3])
        more = f" and {len(attached) - 3} more" if len(attached) > 3 else ""
        yield f"{ATTACHED}: {names}{more}"


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of one sheet, and how."""

    sheet: Sheet
    method: TextMethod = "text"
    confidence: float = 1.0
    fault: str = ""


def _look(file: Handle, number: int, proven: Proven) -> _Look:
    try:
        sheet = read_sheet(file, number, proven)
        sheet = level(file, sheet) if sheet.lean else sheet
    except UnreadablePaper as error:
        return _Look(Sheet(number, 0.0, 0.0, ()), "none", 0.0, str(error))
    body, overlays, beside = parted(once(clean.words(sheet.words)))
    over = [clean.words(note) for note in typed.words(file, sheet)] if sheet.typed else []
    said = (" ".join(word.text for word in note) for note in over)
    words = (*spacing.closed(body), *(word for note in over for word in note))
    sheet = replace(sheet, words=words, overlays=overlays, stamps=(*sheet.stamps, *beside, *said))
    if numbers := margin.numbers(sheet):
        sheet = replace(sheet, words=tuple(word for i, word in enumerate(sheet.words) if i not in numbers))
    if not _needs_ocr(sheet):
        return _Look(sheet)
    # A garbled text layer counts as none; the stamp on a picture stays.
    unread = _Look(replace(sheet, words=()) if legible.garbled(sheet.words) else sheet, "none", 0.0)
    if not ocr.available():
        return unread
    try:
        shades = drawn(file, number, ocr.DPI / 72, grey=True)
        words, confidence, lean = ocr.words(shades, sheet.width, sheet.height)
    except UnreadablePaper as error:
        return replace(unread, fault=str(error))
    if sheet.words and not unread.sheet.words and layer.borne_out(sheet.words, words):
        return _Look(sheet)
    if words and confidence < WORTHLESS:
        return replace(unread, fault=f"a scan that OCR cannot read ({100 * confidence:.0f}% sure)")
    return _Look(replace(sheet, words=words, lean=lean), "ocr", confidence) if words else unread


def _pictures_too(file: Handle, look: _Look, recurs: frozenset[Rule]) -> _Look:
    """A sheet with text, and the words of pictures of text on it."""
    sheet = look.sheet
    if look.method != "text" or look.fault or not sheet.words or not sheet.images:
        return look
    try:
        words, confidence, unread = pictures.words(file, sheet, recurs)
    except UnreadablePaper as error:
        return replace(look, fault=f"a picture of text: {error}")
    if words:
        return _Look(replace(sheet, words=sheet.words + words), "ocr", confidence)
    return replace(look, fault="a picture of text is not read") if unread else look


def _stamped_too(file: Handle, look: _Look) -> _Look:
    """A scan with what is stamped over it, which OCR of its text does not read, and with what boxes over it hide."""
    sheet = look.sheet
    if look.method == "text" or not sheet.pictures:
        return look
    sheet = replace(sheet, unseen=sheet.unseen + layer.hidden(file, sheet))
    try:
        stamped = marks.stamped(file, sheet) if look.method == "ocr" else ()
    except UnreadablePaper:
        stamped = ()
    return replace(look, sheet=replace(sheet, overlays=sheet.overlays + stamped))


def _named(file: Handle, looks: Sequence[_Look]) -> list[_Look]:
    """Letters that the file gives no character for, read by OCR where it is installed; the ledger names what stays."""
    texts = [look.sheet for look in looks if look.method == "text" and look.sheet.words]
    if not any(map(glyphs.any_open, texts)):
        return list(looks)

    def read(sheet: Sheet, places: Sequence[Rule]) -> Sequence[Word]:
        try:
            return ocr.parts(drawn(file, sheet.number, ocr.DPI / 72, grey=True), sheet.width, sheet.height, places)
        except UnreadablePaper:
            return ()

    lost = {sheet.number for sheet in texts if glyphs.nameless(sheet)}
    made = {sheet.number: sheet for sheet in glyphs.named(texts, read if ocr.available() else None)}
    out = []
    for look in looks:
        sheet = made.get(look.sheet.number, look.sheet)
        open_still = look.sheet.number in lost and (not ocr.available() or glyphs.nameless(sheet))
        fault = look.fault or ("letters that the file gives no character for" if open_still else "")
        out.append(replace(look, sheet=sheet, fault=fault))
    return out


def _checked(file: Handle, looks: Sequence[_Look]) -> list[_Look]:
    """Text beneath a scan is an earlier OCR's: compare it with the scan, and say that it was guessed."""
    under = [look.sheet for look in looks if look.sheet.layer and look.method == "text"]
    if not under:
        return list(looks)

    def fresh(sheet: Sheet) -> ocr.Scanned:
        return ocr.words(drawn(file, sheet.number, ocr.DPI / 72, grey=True), sheet.width, sheet.height)

    readings = layer.checked(under, fresh) if ocr.available() else {}
    out = []
    for look in looks:
        if look.sheet in under:
            words, sure, lean = readings.get(look.sheet.number, (look.sheet.words, 0.0, 0.0))
            look = replace(look, sheet=replace(look.sheet, words=words, lean=lean), method="ocr", confidence=sure)
        out.append(look)
    return out


def _needs_ocr(sheet: Sheet) -> bool:
    """Whether a sheet is a picture of text: nothing to read but a stamp on its edge, or a garbled text layer."""
    if legible.garbled(sheet.words):
        return True
    inner = [w for w in sheet.words if running.EDGE * sheet.height < w.y1 and w.y0 < (1 - running.EDGE) * sheet.height]
    return not inner and sheet.pictures > (SCAN if sheet.words else SPECK)


def _pages(looks: Sequence[_Look], edges: Mapping[int, list[running.Line]], labels: dict[int, str]) -> Iterator[Page]:
    drop, stamps = running.running(edges)
    known = clean.Vocabulary([look.sheet for look in looks])
    labels = _printed(labels, stamps)
    for look in looks:
        sheet = look.sheet
        gone = drop[sheet.number]
        words = [word for index, word in enumerate(sheet.words) if index not in gone]
        label = labels.get(sheet.number, "")
        yield pages.compose(sheet, words, known, label, look.method, look.confidence)


def _printed(labels: dict[int, str], stamps: dict[int, str]) -> dict[int, str]:
    """The number printed on each sheet: by the file's word for it, unless the sheets themselves say otherwise."""
    both = [number for number in labels if number in stamps]
    if both and not any(labels[number].casefold().endswith(stamps[number].casefold()) for number in both):
        return labels | stamps
    # What the next sheet is called too is no number.
    own = {n: label for n, label in labels.items() if label not in (labels.get(n - 1), labels.get(n + 1))}
    return stamps | own

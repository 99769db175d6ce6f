"""PDFs that are meant to hurt a reader: each a few kilobytes of our own, named for what is wrong with it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

TEXT: Final = b"BT /F 12 Tf 72 720 Td (The pier is repaired.) Tj ET"
FONT: Final = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(body), body)


def packed(body: bytes, times: int = 1, entries: bytes = b"") -> bytes:
    """A stream of the body so many times, deflated: the file stays small."""
    squeezer = zlib.compressobj(9)
    portion = body * max(1, min(times, 100_000 // max(len(body), 1)))
    count = max(1, times * len(body) // max(len(portion), 1))
    made = b"".join([squeezer.compress(portion) for _ in range(count)]) + squeezer.flush()
    return stream(made, b"/Filter/FlateDecode" + entries)


def page(contents: bytes = b"4 0 R", box: bytes = b"0 0 595 842", more: bytes = b"", parent: int = 2) -> bytes:
    fonts = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    return b"<</Type/Page/Parent %d 0 R/MediaBox[%s]/Contents %s%s%s>>" % (parent, box, contents, fonts, more)


def file(bodies: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects; 1 is its catalogue."""
    made, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in bodies.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, at)
    made += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (max(bodies) + 1, trailer, start)
    return bytes(made)


def paper(changes: Mapping[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """A sound page with some objects changed or added."""
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(),
        4: stream(TEXT),
        5: FONT,
        6: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
    }
    return file({**bodies, **(changes or {})}, trailer)


def _picture(kind: bytes, body: bytes, side: int, more: bytes = b"") -> bytes:
    about = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray" % (side, side)
    drawn = stream(TEXT + b" q 500 0 0 700 50 50 cm /X Do Q")
    return paper({4: drawn, 6: packed(body, 1, about + more) if not kind else stream(body, about + b"/Filter" + kind)})


def _outline(depth: int) -> bytes:
    entries = {10 + n: b"<</Title(x)/First %d 0 R/Dest[3 0 R/Fit]>>" % (11 + n) for n in range(depth)}
    last = {10 + depth: b"<</Title(x)/First 10 0 R/Next 10 0 R/Dest[3 0 R/Fit]>>"}
    root = {1: b"<</Type/Catalog/Pages 2 0 R/Outlines 9 0 R>>", 9: b"<</First 10 0 R/Last 10 0 R>>"}
    return paper({**root, **entries, **last})


def _tree(depth: int) -> bytes:
    kids = {100 + n: b"<</Type/Pages/Parent 2 0 R/Kids[%d 0 R]/Count 1>>" % (101 + n) for n in range(depth)}
    top = {2: b"<</Type/Pages/Kids[100 0 R]/Count 1>>", 100 + depth: page()}
    return paper({**top, **kids})


def _many_pages(count: int) -> bytes:
    return paper({2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * count, count)})


def _forms(depth: int) -> bytes:
    """Forms that each draw the next twice: two to the depth times in all."""
    names = b"/Resources<</XObject<</X %d 0 R>>>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 999 999]"
    drawn = {20 + n: stream(b"/X Do /X Do", form + names % (21 + n)) for n in range(depth)}
    last = {20 + depth: stream(TEXT, form + b"/Resources<</Font<</F 5 0 R>>>>")}
    return paper({4: stream(TEXT + b" /X Do"), 6: stream(b"/X Do", form + names % 20), **drawn, **last})


def _xfa() -> bytes:
    form = b'<xdp:xdp xmlns:xdp="x"><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a></xdp:xdp>'
    catalogue = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 9 0 R/Fields[]>>>>"
    return paper({1: catalogue, 9: stream(form)})


def _portfolio() -> bytes:
    catalogue = b"<</Type/Catalog/Pages 2 0 R/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)9 0 R]>>>>>>"
    spec = b"<</Type/Filespec/F(a.pdf)/EF<</F 10 0 R>>>>"
    return paper({1: catalogue, 9: spec, 10: packed(b"A", 50_000_000)})


def _loop() -> bytes:
    made = paper(trailer=b"/Prev 9")
    return made.replace(b"/Prev 9", b"/Prev %d" % made.index(b"xref\n"))


JBIG2: Final = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + b"\x7f\xff\xff\xff" * 2 + b"\x00" * 8 + b"\x00\x00\x00"
JPX: Final = b"\xff\x4f\xff\x51\x00\x29\x00\x00" + b"\x7f\xff\xff\xff" * 2 + b"\x00" * 8 + b"\x7f\xff\xff\xff" * 2

# What comes of each: "read" (its text is there), "memory" (more than a reader may have), "any" of all outcomes.
HOSTILE: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "pages in a ring": (lambda: paper({2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"}), "any"),
    "a tree of pages 5,000 deep": (lambda: _tree(5_000), "any"),
    "3,000 pages that are one": (lambda: _many_pages(3_000), "any"),
    "a count of pages that lies": (lambda: paper({2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"}), "any"),
    "a count of pages below nothing": (lambda: paper({2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"}), "any"),
    "a sheet larger than a town": (lambda: paper({3: page(box=b"0 0 1e9 1e9")}), "any"),
    "a sheet without a size": (lambda: paper({3: page(box=b"0 0 0 0")}), "any"),
    "a sheet of less than no size": (lambda: paper({3: page(box=b"595 842 0 0")}), "read"),
    "a sheet of no numbers": (lambda: paper({3: page(box=b"null /a (b) []")}), "any"),
    "a sheet turned by an odd angle": (lambda: paper({3: page(more=b"/Rotate 37")}), "any"),
    "a sheet turned upside down": (lambda: paper({3: page(more=b"/Rotate 180")}), "read"),
    "a million letters": (lambda: paper({4: packed(b"BT /F 1 Tf (aaaa bbbb) Tj ET ", 100_000)}), "any"),
    "a line of a million letters": (
        lambda: paper({4: packed(b"BT /F 1 Tf (" + b"a" * 1_000_000 + b") Tj ET")}),
        "any",
    ),
    "contents that unpack to a gigabyte": (lambda: paper({4: packed(b"0 0 m 9 9 l S ", 20_000_000)}), "memory"),
    "brackets 100,000 deep": (lambda: paper({4: packed(b"[" * 100_000 + b"]" * 100_000)}), "any"),
    "states saved 100,000 times": (lambda: paper({4: packed(b"q ", 100_000)}), "any"),
    "dictionaries 10,000 deep": (lambda: paper({9: b"<</A" * 10_000 + b">>" * 10_000}), "any"),
    "forms that draw each other 2^40 times": (lambda: _forms(40), "memory"),
    "a form that draws itself": (
        lambda: paper({4: stream(TEXT + b" /X Do"), 6: stream(b"/X Do", b"/Subtype/Form/BBox[0 0 9 9]")}),
        "read",
    ),
    "bookmarks in a ring 3,000 deep": (lambda: _outline(3_000), "read"),
    "a picture of 65,000 by 65,000": (lambda: _picture(b"", b"\0" * 1_000, 65_000), "any"),
    "a JBIG2 picture of two thousand million lines": (lambda: _picture(b"/JBIG2Decode", JBIG2, 65_000), "any"),
    "a JPEG 2000 picture as wide": (lambda: _picture(b"/JPXDecode", JPX, 65_000), "any"),
    "tables of objects in a ring": (_loop, "read"),
    "a form in XML that names a file": (_xfa, "read"),
    "a portfolio with fifty megabytes of attachment": (_portfolio, "read"),
    "fonts of a type that is not there": (lambda: paper({5: b"<</Type/Font/Subtype/Type9/Widths[-1e30]>>"}), "any"),
    "letters of no size": (lambda: paper({4: stream(TEXT.replace(b"12 Tf", b"0 Tf"))}), "any"),
    "letters of less than no size": (lambda: paper({4: stream(TEXT.replace(b"12 Tf", b"-12 Tf"))}), "any"),
    "letters as large as a continent": (lambda: paper({4: stream(TEXT.replace(b"12 Tf", b"1e30 Tf"))}), "any"),
    "letters at places that are none": (lambda: paper({4: stream(TEXT.replace(b"72 720", b"1e38 -1e38"))}), "any"),
    "labels of pages in a ring": (
        lambda: paper({1: b"<</Type/Catalog/Pages 2 0 R/PageLabels 9 0 R>>", 9: b"<</Kids[9 0 R]>>"}),
        "read",
    ),
    "a hundred thousand notes on a sheet": (
        lambda: paper({3: page(more=b"/Annots[%s]" % (b"9 0 R " * 100_000)), 9: b"<</Subtype/Stamp/Rect[0 0 9 9]>>"}),
        "read",
    ),
}


def write(folder: Path, name: str) -> Path:
    """Write one of them."""
    made, _ = HOSTILE[name]
    path = folder / f"{name.replace(',', '').replace('^', ' to the ')}.pdf"
    path.write_bytes(made())
    return path

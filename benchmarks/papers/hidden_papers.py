"""Papers with words that a reader of the page cannot see, hidden in every way that files allow; the words are one name.

Each is a memorandum of `benchmarks.papers.second_sheets` with one sentence more, which nothing shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, cast

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from benchmarks.papers import second_files, second_sheets
from benchmarks.papers.second_sheets import Open, added, annotated

NAME: Final = "QUILLSTONE"
Change: TypeAlias = Callable[[Any], object]
_WORDS: Final = f"Complainant {NAME} of Marsh Lane"
# The sentence, and a rectangle that covers it.
_TEXT: Final = f"BT /FP 11 Tf 92 300 Td ({_WORDS}) Tj ET"
_BOX: Final = "88 294 230 20 re"
_RECT: Final = (88.0, 294.0, 318.0, 314.0)


class Hidden(NamedTuple):
    """A paper of the set; ``printed`` says that it is a PDF whose other words must all be read."""

    name: str
    suffix: str
    write: Callable[[Path], None]
    printed: bool = False

    @property
    def markup(self) -> bool:
        """Whether the hidden words are no text of a page."""
        return self.name in _MARKUP


def papers() -> tuple[Hidden, ...]:
    """Every paper of the set, always in the same order."""
    made = [Hidden(name, ".pdf", partial(_pdf, commands=commands), True) for name, commands in _DRAWN.items()]
    made += [Hidden(name, ".pdf", partial(_pdf, change=change), True) for name, change in _changes().items()]
    made += [Hidden(name, ".docx", partial(second_files.word, number=1, change=change)) for name, change in _word()]
    made += [Hidden(name, ".html", partial(second_files.web, number=1, parts=parts)) for name, parts in _WEB.items()]
    made += [
        Hidden(name, ".md", partial(second_files.text, number=1, parts={"among": text}))
        for name, text in _TEXTS.items()
    ]
    return tuple(made)


def _pdf(path: Path, commands: str = "", change: Change | None = None) -> None:
    second_sheets.printed(path, 1, sheets=1)

    def put(page: Open) -> None:
        _resources(page)
        if commands:
            added(page, commands)
        if change:
            change(page)

    second_sheets.changed(path, put)


_HATCH: Final = [(294 + step * 4 // 5, step * 8 % 10) for step in range(26)]
_CLEAR: Final = "q /G0 gs {0} Q"
_DRAWN: Final = {
    "under a box": f"{_TEXT} 0 g {_BOX} f",
    "under a white box": f"{_TEXT} 1 g {_BOX} f",
    "under a picture": f"{_TEXT} q 230 0 0 20 88 294 cm /I0 Do Q",
    "under an inline picture": f"{_TEXT} q 230 0 0 20 88 294 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x40 EI Q",
    "under a thick line": f"{_TEXT} 0 G 18 w 86 303 m 322 303 l S",
    "under a thick slanted line": f"{_TEXT} 0 G 34 w 80 298 m 328 310 l S",
    "under a round shape": f"{_TEXT} 0.2 g 80 303 m 80 340 330 340 330 303 c 330 266 80 266 80 303 c f",
    "under two boxes": f"{_TEXT} 0 g 88 294 230 10 re f 88 304 230 10 re f",
    "under close lines": f"{_TEXT} 0 G 1.6 w " + " ".join(f"86 {y}.{d} m 322 {y}.{d} l S" for y, d in _HATCH),
    "under a shading": f"{_TEXT} q {_BOX} W n /S0 sh Q",
    "under a pattern": f"{_TEXT} /Pattern cs /P0 scn {_BOX} f",
    "under a nearly opaque box": f"{_TEXT} q /G2 gs 0 g {_BOX} f Q",
    "under a box in a form": f"{_TEXT} /X0 Do",
    "in a form under a box": f"/X1 Do 0 g {_BOX} f",
    "black on a black box": f"0 g {_BOX} f {_TEXT}",
    "red on red": f"1 0 0 rg {_BOX} f {_TEXT}",
    "grey on nearly the same grey": f"0.5 g {_BOX} f 0.51 g {_TEXT}",
    "white on white": f"1 g {_TEXT}",
    "nearly white": f"0.985 g {_TEXT}",
    "white and hollow": f"1 G 1 Tr {_TEXT}",
    "invisible type": f"3 Tr {_TEXT}",
    "type that only clips": f"q 7 Tr {_TEXT} Q",
    "half a point high": _TEXT.replace("11 Tf", ".5 Tf"),
    "scaled to nothing": f"q 0.06 0 0 0.06 92 300 cm {_TEXT.replace('92 300', '0 0')} Q",
    "squeezed to nothing": f"2 Tz {_TEXT}",
    "clipped away": f"q 0 0 20 20 re W n {_TEXT} Q",
    "off the sheet": _TEXT.replace("92 300", "700 300"),
    "below the sheet": _TEXT.replace("92 300", "92 -60"),
    "fully transparent": _CLEAR.format(_TEXT),
    "nearly transparent": f"q /G1 gs {_TEXT} Q",
    "white, multiplied": f"q /G3 gs 1 g {_TEXT} Q",
    "behind a soft mask": f"q /G4 gs {_TEXT} Q",
    "in a layer that is off": f"/OC /L0 BDC {_TEXT} EMC",
    "in a group of layers that are off": f"/OC /L1 BDC {_TEXT} EMC",
    "in a form of a layer that is off": "/X2 Do",
    "glyphs without strokes": "BT /FB 11 Tf 92 300 Td <" + NAME.encode().hex() + "> Tj ET",
}


def _resources(page: Open) -> None:
    """Everything that the drawing commands name."""
    writer = page.indirect_reference.pdf
    own = page["/Resources"].get_object()
    own["/Font"].get_object()[NameObject("/FP")] = second_sheets._font()
    own["/Font"].get_object()[NameObject("/FB")] = _bare_font(writer)
    states = {"/G0": 0.0, "/G1": 0.02, "/G2": 0.98}
    kept = DictionaryObject({NameObject(n): _dictionary(ca=FloatObject(v)) for n, v in states.items()})
    kept[NameObject("/G3")] = _dictionary(BM=NameObject("/Multiply"))
    kept[NameObject("/G4")] = _dictionary(SMask=_mask(writer))
    layer = writer._add_object(_dictionary(Type=NameObject("/OCG"), Name=TextStringObject("names")))
    group = _dictionary(Type=NameObject("/OCMD"), OCGs=ArrayObject([layer]), P=NameObject("/AllOn"))
    off = _dictionary(ON=ArrayObject(), OFF=ArrayObject([layer]), Order=ArrayObject([layer]))
    writer.root_object[NameObject("/OCProperties")] = _dictionary(OCGs=ArrayObject([layer]), D=off)
    forms = {"/X0": f"0 g {_BOX} f", "/X1": _TEXT, "/X2": _TEXT}
    drawn = DictionaryObject({NameObject(n): _form(writer, c) for n, c in forms.items()})
    cast(DictionaryObject, drawn["/X2"].get_object())[NameObject("/OC")] = layer
    drawn[NameObject("/I0")] = _picture(writer)
    function = _dictionary(FunctionType=FloatObject(2), Domain=_row(0, 1), C0=_row(0), C1=_row(0.3), N=FloatObject(1))
    shade = _dictionary(ShadingType=FloatObject(2), ColorSpace=NameObject("/DeviceGray"), Coords=_row(88, 0, 318, 0))
    shade[NameObject("/Function")] = function
    shade[NameObject("/Extend")] = ArrayObject([BooleanObject(True), BooleanObject(True)])
    cell = _stream("0 g 0 0 8 8 re f", Type="/Pattern")
    for key, value in (("PatternType", 1), ("PaintType", 1), ("TilingType", 1), ("XStep", 8), ("YStep", 8)):
        cell[NameObject(f"/{key}")] = FloatObject(value)
    cell[NameObject("/BBox")], cell[NameObject("/Resources")] = _row(0, 0, 8, 8), DictionaryObject()
    own[NameObject("/ExtGState")], own[NameObject("/XObject")] = kept, drawn
    own[NameObject("/Shading")] = DictionaryObject({NameObject("/S0"): writer._add_object(shade)})
    own[NameObject("/Pattern")] = DictionaryObject({NameObject("/P0"): writer._add_object(cell)})
    layers = {NameObject("/L0"): layer, NameObject("/L1"): writer._add_object(group)}
    own[NameObject("/Properties")] = DictionaryObject(layers)


def _changes() -> dict[str, Change]:
    """What pypdf does to a page whose sentence is plainly printed, or stands in an annotation."""

    def over(kind: str, commands: str = "", **keys: object) -> Change:
        def put(page: Open) -> None:
            added(page, _TEXT)
            annotated(page, kind, _RECT, commands, **keys)

        return put

    def cropped(page: Open) -> None:
        added(page, _TEXT.replace("92 300", "92 8"))
        page.cropbox.lower_left = (0, 24)
        page[NameObject("/CropBox")] = page.cropbox

    def turned(page: Open) -> None:
        added(page, f"{_TEXT} 0 g {_BOX} f")
        page.rotate(90)

    black = "0 g 0 0 230 20 re f"
    said = f"BT /FP 11 Tf 4 6 Td ({_WORDS}) Tj ET"
    return {
        "cropped away": cropped,
        "under a box on a turned sheet": turned,
        "under a highlight in black": over("Highlight", black),
        "under ink": over("Ink", "0 G 20 w 0 10 m 230 10 l S"),
        "under a line that was pinned": over("Line", "0 G 20 w 0 10 m 230 10 l S"),
        "under a typed note": over("FreeText", f"{black} BT /FP 8 Tf 1 g 4 6 Td (XXXXX) Tj ET"),
        "under a stamp": over("Stamp", black),
        "to be redacted": over("Redact"),
        "in a hidden note": lambda page: _hidden_note(page, said),
        "said otherwise to machines": lambda page: added(
            page, f"/Span <</ActualText ({_WORDS})>> BDC BT /FP 11 Tf 92 300 Td (Name withheld) Tj ET EMC"
        ),
    }


def _hidden_note(page: Open, commands: str) -> None:
    annotated(page, "FreeText", _RECT, commands, Contents=_WORDS)
    page["/Annots"][-1].get_object()[NameObject("/F")] = FloatObject(2)


def _dictionary(**keys: Open) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in keys.items()})


def _row(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])


def _stream(data: str, **names: str) -> StreamObject:
    out = StreamObject()
    out.set_data(data.encode("latin-1"))
    out.update({NameObject(f"/{key}"): NameObject(value) for key, value in names.items()})
    return out


def _form(writer: Open, commands: str) -> Open:
    form = _stream(commands, Type="/XObject", Subtype="/Form")
    form[NameObject("/BBox")] = _row(0, 0, 595, 842)
    fonts = DictionaryObject({NameObject("/FP"): second_sheets._font()})
    form[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return writer._add_object(form)


def _mask(writer: Open) -> DictionaryObject:
    """A soft mask that lets nothing through."""
    form = _form(writer, "0 g 0 0 595 842 re f").get_object()
    form[NameObject("/Group")] = _dictionary(S=NameObject("/Transparency"), CS=NameObject("/DeviceGray"))
    return _dictionary(S=NameObject("/Luminosity"), G=form.indirect_reference)


def _picture(writer: Open) -> Open:
    picture = _stream("\x30\x70\x90\x20", Type="/XObject", Subtype="/Image", ColorSpace="/DeviceGray")
    for key, value in (("Width", 2), ("Height", 2), ("BitsPerComponent", 8)):
        picture[NameObject(f"/{key}")] = FloatObject(value)
    return writer._add_object(picture)


def _bare_font(writer: Open) -> Open:
    """A font that knows letters and draws nothing for them (PDF 32000-1, 9.6.5)."""
    letters = sorted(set(NAME))
    glyph = writer._add_object(_stream("600 0 0 0 0 0 d1"))
    differences = ArrayObject()
    for letter in letters:
        differences += [FloatObject(ord(letter)), NameObject(f"/{letter}")]
    font = _dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type3"), FontBBox=_row(0, 0, 600, 700))
    font[NameObject("/FontMatrix")] = _row(0.001, 0, 0, 0.001, 0, 0)
    font[NameObject("/CharProcs")] = DictionaryObject({NameObject(f"/{letter}"): glyph for letter in letters})
    font[NameObject("/Encoding")] = _dictionary(Type=NameObject("/Encoding"), Differences=differences)
    font[NameObject("/FirstChar")], font[NameObject("/LastChar")] = FloatObject(65), FloatObject(90)
    font[NameObject("/Widths")] = _row(*[600] * 26)
    font[NameObject("/Resources")] = DictionaryObject()
    return writer._add_object(font)


def _word() -> Iterator[tuple[str, Change]]:
    looks = {
        "Word, hidden": "<w:vanish/>",
        "Word, white": '<w:color w:val="FFFFFF"/>',
        "Word, black on black shading": '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
        "Word, black highlighter": '<w:highlight w:val="black"/>',
        "Word, half a point": '<w:sz w:val="1"/>',
        "Word, white on a theme's white": '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
        "Word, same red": '<w:color w:val="C00000"/><w:shd w:val="clear" w:fill="C00000"/>',
    }
    for name, look in looks.items():
        yield name, partial(_run, xml=f"<w:r {_W}><w:rPr>{look}</w:rPr><w:t> {_WORDS}</w:t></w:r>")
    who = 'w:id="9" w:author="clerk" w:date="2024-05-01T09:00:00Z"'
    yield "Word, deleted", partial(_run, xml=f"<w:del {_W} {who}><w:r><w:delText>{_WORDS}</w:delText></w:r></w:del>")
    field = f"<w:r {_W}><w:fldChar w:fldCharType='begin'/></w:r>"
    code = f"<w:r {_W}><w:instrText> COMMENTS {_WORDS} </w:instrText></w:r>"
    yield "Word, in a field's code", lambda opened: [_run(opened, xml) for xml in (field, code)]


_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _run(opened: Open, xml: str) -> Open:
    from docx.oxml import parse_xml

    return opened.paragraphs[3]._p.append(parse_xml(xml))


_MARKUP: Final = ("web, in a comment", "web, in a template", "Word, in a field's code")
_WEB: Final = {
    f"web, {look}": {"body": f'<p style="{look}">{_WORDS}</p>'}
    for look in (
        "display:none", "opacity:0", "font-size:0", "color:#fff", "color:white;background:white",
        "background-color:#000;color:#000", "position:absolute;left:-9999px", "text-indent:-9999px",
        "color:transparent",
        "clip:rect(0,0,0,0);position:absolute", "height:0;overflow:hidden", "transform:scale(0)", "visibility:collapse",
        "content-visibility:hidden",
    )
} | {
    "web, by its id": {"head": "<style>#who{display:none}</style>", "body": f'<p id="who">{_WORDS}</p>'},
    "web, by where it stands": {
        "head": "<style>div.x p{display:none}</style>", "body": f'<div class="x"><p>{_WORDS}</p></div>'
    },
    "web, in a comment": {"body": f"<!-- {_WORDS} -->"},
    "web, in a template": {"body": f"<template><p>{_WORDS}</p></template>"},
}  # fmt: skip
_TEXTS: Final = {
    "Markdown, in a comment": f"<!-- {_WORDS} -->",
    "Markdown, in a comment over lines": f"<!--\n{_WORDS}\n-->",
    "Markdown, in a label": f"[//]: # ({_WORDS})",
    "Markdown, by its style": f'<span style="display:none">{_WORDS}</span>',
    "Markdown, hidden": f"<div hidden>{_WORDS}</div>",
}

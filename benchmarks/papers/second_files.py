"""Memoranda of `benchmarks.papers.second_set` as Word files, web pages and text, marked as programs do."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from benchmarks.papers.second_sheets import MATTERS, PARAGRAPHS, Open

Change: TypeAlias = Callable[[Any], object]
_WORD: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word(path: Path, number: int, change: Change | None = None) -> None:
    """Write a memorandum with Word's library; ``change`` gets the open document before it is saved."""
    import docx

    opened = docx.Document()
    matter, first = MATTERS[number % len(MATTERS)]
    opened.add_heading("Wendleham Borough Council", 1)
    opened.add_paragraph(f"Subject: {matter}")
    for text in (first, *PARAGRAPHS):
        opened.add_paragraph(text)
    if change:
        change(opened)
    opened.save(str(path))


def header(opened: Open, text: str, *, foot: bool = False) -> None:
    """A running line."""
    section = opened.sections[0]
    (section.footer if foot else section.header).paragraphs[0].text = text


def boxed(opened: Open, text: str, *, running: bool) -> None:
    """A box of text that floats over the page, in a running header (as watermarks are) or in the body."""
    holder = opened.sections[0].header.paragraphs[0] if running else opened.paragraphs[2]
    _append(
        holder,
        f"<w:r {_WORD}><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r>"
        f"<w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></w:r>",
    )


def wordart(opened: Open, text: str) -> None:
    """A watermark as Word's own gallery writes it."""
    _append(
        opened.sections[0].header.paragraphs[0],
        f'<w:r {_WORD}><w:pict><v:shape style="rotation:315"><v:textpath string="{text}"/></v:shape></w:pict></w:r>',
    )


def _append(paragraph: Open, xml: str) -> None:
    from docx.oxml import parse_xml

    paragraph._p.append(parse_xml(xml))


def pictured(opened: Open, text: str, *, running: bool, angle: float = 0) -> None:
    """A mark pasted as a picture, in the running header or in the text."""
    font = ImageFont.load_default(64)
    box = font.getbbox(text)
    picture = Image.new("L", (int(box[2]) + 80, int(box[3]) + 60), 255)
    ImageDraw.Draw(picture).text((40, 24), text, 60, font)
    out = io.BytesIO()
    picture.rotate(angle, expand=True, fillcolor=255).save(out, "PNG")
    out.seek(0)
    paragraph = opened.sections[0].header.paragraphs[0] if running else opened.paragraphs[1]
    paragraph.add_run().add_picture(out)


def labelled(opened: Open, label: str) -> None:
    """A sensitivity label, as office programs write one into a file's own properties."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    xml = (
        f'<Properties xmlns="{kind}" xmlns:vt="{types}">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_7f2e_Name">'
        f"<vt:lpwstr>{label}</vt:lpwstr></property></Properties>"
    )
    part = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        xml.encode(),
        opened.part.package,
    )
    opened.part.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def web(path: Path, number: int, parts: Mapping[str, str]) -> None:
    """Write a memorandum as a web page; ``parts`` go into its head, and before and behind its text."""
    matter, first = MATTERS[number % len(MATTERS)]
    said = "".join(f"<p>{part}</p>" for part in (first, *PARAGRAPHS))
    path.write_text(
        f"<!DOCTYPE html><html><head><title>{matter}</title>{parts.get('head', '')}</head><body>{parts.get('body', '')}"
        f"<h1>Wendleham Borough Council</h1><h2>{matter}</h2>{said}{parts.get('after', '')}</body></html>",
        encoding="utf-8",
    )


def text(path: Path, number: int, parts: Mapping[str, str]) -> None:
    """Write a memorandum as text or Markdown, by the suffix; ``parts`` stand before, among and after its text."""
    matter, first = MATTERS[number % len(MATTERS)]
    heads = ("# Wendleham Borough Council", f"## {matter}")
    if path.suffix != ".md":
        heads = ("WENDLEHAM BOROUGH COUNCIL", matter.upper())
    said = (*heads, first, PARAGRAPHS[0], parts.get("among"), *PARAGRAPHS[1:])
    path.write_text(
        "\n\n".join(filter(None, (parts.get("before"), *said, parts.get("after")))) + "\n", encoding="utf-8"
    )

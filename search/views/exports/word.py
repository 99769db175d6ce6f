"""A briefing as a Word file with real footnotes. The only writer of python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from search.views.render.briefing import Briefing, Quoted

if TYPE_CHECKING:
    from docx.document import Document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PART = "/word/footnotes.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
# Word wants the two lines that keep notes from text described before any note.
_RULES = "".join(
    f'<w:footnote w:type="{name}" w:id="{id}"><w:p><w:r><w:{name}/></w:r></w:p></w:footnote>'
    for id, name in ((-1, "separator"), (0, "continuationSeparator"))
)
# Notes in 9 points, close together: sizes count half points, space twentieths.
_SMALL = '<w:rPr><w:sz w:val="18"/></w:rPr>'
_CLOSE = '<w:pPr><w:spacing w:before="0" w:after="40"/></w:pPr>'
_NUMBER = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'


def word(made: Briefing) -> bytes:
    """Write a briefing as .docx; words of papers go in as plain text only."""
    import docx

    document: Document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    document.core_properties.title = made.title[:255]
    document.core_properties.author = ""
    document.add_heading(made.title, 0)
    for line in made.lead:
        document.add_paragraph(line)
    notes: list[str] = []
    for heading, quoted in made.parts:
        if quoted:
            document.add_heading(heading, 1)
        for one in quoted:
            notes.append(one.note)
            _quote(document, one, len(notes))
    _attach(document, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _quote(document: Document, one: Quoted, number: int) -> None:
    if one.heading:
        document.add_heading(one.heading, 2)
    paragraph: Any = None
    for line in one.lines:
        paragraph = document.add_paragraph(line, style="Quote")
    if paragraph is None:
        paragraph = document.add_paragraph()
    run = paragraph.add_run()
    run.font.superscript = True
    run.element.append(_element(f'<w:footnoteReference xmlns:w="{_W}" w:id="{number}"/>'))


def _attach(document: Document, notes: Sequence[str]) -> None:
    """Put the footnotes' own part into the package: python-docx has no call for it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    written = "".join(
        f'<w:footnote w:id="{number}"><w:p>{_CLOSE}{_NUMBER}<w:r>{_SMALL}'
        f'<w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">{_RULES}{written}'
    blob = f"{xml}</w:footnotes>".encode()
    document.part.relate_to(Part(PackURI(_PART), _TYPE, blob, document.part.package), _RELATION)


def _element(xml: str) -> Any:  # noqa: ANN401 - python-docx ships no type for its elements
    from docx.oxml.parser import parse_xml

    return parse_xml(xml)

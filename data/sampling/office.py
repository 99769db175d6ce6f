"""Write a manuscript as a Word file or a web page, the same bytes each time. Knows no page layout."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html import escape

import docx
from docx.document import Document

from data.sampling.manuscript import Piece

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can carry; python-docx would write the time of day


def word(pieces: Sequence[Piece]) -> bytes:
    """A .docx of ``pieces``, with Word's own heading and list styles."""
    document = docx.Document()
    for piece in pieces:
        if piece.kind == "instruction":
            _set_title(document, piece)
        elif piece.rows:
            table = document.add_table(len(piece.rows), len(piece.rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, piece.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text.replace("**", "")
        elif piece.kind.startswith("heading"):
            document.add_heading(piece.text, int(piece.kind[-1]))
        else:
            style = {"title": "Title", "subtitle": "Subtitle", "bullet": "List Bullet"}.get(piece.kind, "Normal")
            document.add_paragraph(f"{piece.label} {piece.text}".strip().replace("**", ""), style=style)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _set_title(document: Document, piece: Piece) -> None:
    if piece.label == "title":
        document.core_properties.title = piece.text


def _timeless(archive: bytes) -> bytes:
    """The same zip with every entry dated `_EARLIEST`."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def web(pieces: Sequence[Piece]) -> str:
    """A web page of ``pieces``, with the menu and footer that a council's site would put around them."""
    title = next((piece.text for piece in pieces if piece.label == "title"), "")
    body = "\n".join(_element(piece) for piece in pieces if piece.kind != "instruction")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n'
        f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>\n<body>\n'
        "<nav><ul><li>Home</li><li>Council and democracy</li><li>Pay for it</li></ul></nav>\n"
        f"<main>\n{body}\n</main>\n<footer><p>Marlbridge County Council. Cookies. Accessibility.</p></footer>\n"
        "</body>\n</html>\n"
    )


def _element(piece: Piece) -> str:
    if piece.rows:
        cells = ["th" if piece.kind == "table" else "td", *["td"] * (len(piece.rows) - 1)]
        rows = (
            "".join(f"<{cell}>{_marked(text)}</{cell}>" for text in row)
            for cell, row in zip(cells, piece.rows, strict=True)
        )
        return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
    if piece.kind == "bullet":
        return f"<ul><li>{_marked(piece.text)}</li></ul>"
    tag = {"title": "h1", "subtitle": "p", "heading1": "h2", "heading2": "h3", "heading3": "h4"}.get(piece.kind, "p")
    return f"<{tag}>{_marked(f'{piece.label} {piece.text}'.strip())}</{tag}>"


def _marked(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text, quote=False))

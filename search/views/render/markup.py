"""Text of papers made safe to show: nothing in a paper is ever interpreted.

Papers are untrusted. Their words reach the page only through `escaped` (for Streamlit's Markdown: headings, labels) or
inside the HTML that this module builds, where every character of theirs is escaped and only our own plain elements,
without attributes of theirs, are put around them. No other module writes HTML around a paper's words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from search.answer.lines import goes_on

# "/srv/papers/" of "/srv/papers/archive", and the like on Windows; no address of the web.
_FOLDERS = re.compile(r"(?<![\w:/.\\])(?:/(?:[^\s/]+/)+|[A-Za-z]:\\(?:[^\s\\]+\\)+)")
# CommonMark lets a backslash take the meaning from any of these.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

# Links are also found in plain words ("www.", "://", "@"); a word joiner in between shows nothing and stops that.
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER = "\u2060"

# Where fonts of symbols have their bullets, in the area of Unicode that no other font draws.
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢"})

Range = tuple[int, int]


def fault(error: Exception) -> str:
    """Give what an error says for a page, without the server's folders; the log has them."""
    return escaped(_FOLDERS.sub("", str(error)))


def escaped(text: str) -> str:
    """Escape one line for Streamlit's Markdown, so that it shows as it is.

    Line breaks become spaces. Colour directives, formulas, emoji codes, HTML, emphasis and links all lose their
    meaning; the reader sees the same characters.
    """
    line = _LINKS.sub(_JOINER, " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", line)


def plain(text: str) -> str:
    """Escape text for HTML; the only way that words of ours or of a paper get into it.

    Bullets that a paper prints by a font of symbols are shown by signs that every font has.
    """
    return html.escape(text.translate(_SYMBOLS))


def marked(text: str, ranges: Sequence[Range] = (), offset: int = 0) -> str:
    """Give text as HTML with the ranges in ``mark`` elements; every character of ``text`` is escaped.

    Args:
        text: words of a paper.
        ranges: half-open positions, in order; those outside ``text`` mark nothing.
        offset: the position that ``text`` begins at, where the ranges count from earlier.
    """
    parts: list[str] = []
    end = 0
    for range_start, range_end in ranges:
        first, last = max(range_start - offset, end), min(range_end - offset, len(text))
        if first < last:
            parts += [plain(text[end:first]), f"<mark>{plain(text[first:last])}</mark>"]
            end = last
    return "".join([*parts, plain(text[end:])])


def paragraphs(text: str, ranges: Sequence[Range] = (), headers: Sequence[str] = (), core: Range | None = None) -> str:
    """Give a passage or page as HTML: a paragraph for each line that begins a sentence, and runs of rows as a table.

    Args:
        text: the stored text; table rows keep their cells apart by tabs.
        ranges: what to mark, as positions in ``text``.
        headers: a table's title and header row that are not in ``text``, shown before it.
        core: the part of ``text`` that matters; lines outside it are of class ``context``. None for all of it.
    """
    lines: list[tuple[str, int]] = [(header, -len(header) - 1) for header in headers]
    start = 0
    for line in text.split("\n"):
        lines.append((line, start))
        start += len(line) + 1
    parts: list[str] = []
    rows: list[str] = []
    before = ""
    for line, place in [*lines, ("", start)]:
        own = ranges if place >= 0 else ()
        around = "" if core is None or core[0] <= place < core[1] else ' class="context"'
        if "\t" in line:
            rows.append(f"<tr{around}>{_cells(line, own, place)}</tr>")
            continue
        if rows:
            parts.append(f'<div class="cells"><table>{"".join(rows)}</table></div>')
            rows = []
        if line.strip():
            shown, begun = marked(line, own, place), f"<p{around}>"
            if before.strip() and goes_on(before, line) and parts[-1].startswith(begun):
                parts[-1] = f"{parts[-1].removesuffix('</p>')} {shown}</p>"
            else:
                parts.append(f"{begun}{shown}</p>")
        before = line if place >= 0 else ""
    return "".join(parts)


def _cells(line: str, ranges: Sequence[Range], place: int) -> str:
    """Give the cells of one table row, with its marks in them."""
    cells: list[str] = []
    for cell in line.split("\t"):
        cells.append(f"<td>{marked(cell, ranges, place)}</td>")
        place += len(cell) + 1
    return "".join(cells)

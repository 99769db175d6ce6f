"""Reference strings: the one place where a passage or a decision is put into words that can be quoted in a letter.

``Health and Wellbeing Board (Ashshire Council), 19 October 2016, minute 93, pack of 7 February 2017, p. 8`` names the
body, the date of the meeting that decided, the minute, where it is printed when that is another meeting's pack, and the
page. Reports carry their title. What is not known is left out; a reference is never empty, as the file's name remains.
It does not look anything up: callers hand over the records, and the printed page number if there is one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from indexer.records import Meeting, Paper, Section, Span, StoredDecision, StoredPassage, chain
from indexer.text import dates
from search.bounds import BOUNDS

_MINUTED = frozenset({"resolution", "minute"})
_PRINTED_IN: Mapping[str, str] = {"pack": "pack", "agenda": "agenda", "supplement": "supplement", "minutes": "minutes"}


def body(meeting: Meeting) -> str:
    """Name a meeting's body: ``Cabinet (Ashshire Council)``, either part alone, or "" if neither is known."""
    board, authority = _tidy(meeting.board), _tidy(meeting.authority)
    if not board or board.casefold() == authority.casefold():
        return authority
    return f"{board} ({authority})" if authority else board


def joined(names: Iterable[str]) -> str:
    """Write names in a row: ``Cabinet, Council and Planning Committee``."""
    every = list(names)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def leaf(page: int, label: str = "") -> str:
    """Name a page: ``p. 8``, or ``p. 10 (sheet 12)`` where the printed number is not the file's sheet number.

    Args:
        page: the 1-based sheet of the file.
        label: the printed page number, "" if none is known.
    """
    label = _tidy(label)
    return f"p. {label} (sheet {page})" if label and label != str(page) else f"p. {page}"


def home(section: Section, sections: Mapping[int, Section]) -> Section:
    """Climb from a heading or recommendation to the item, report or appendix it belongs to.

    Args:
        section: where the passage is.
        sections: the paper's sections by ordinal.

    Returns:
        The nearest item, report or appendix at or above ``section``; ``section`` itself where there is none.
    """
    around = chain(section, sections)
    return next((one for one in around if one.kind in {"item", "report", "appendix"}), section)


def around(item: Section, sections: Mapping[int, Section]) -> Section | None:
    """Return the report, item or appendix that an appendix is attached to; None for anything else.

    Args:
        item: what a passage belongs to (see `home`).
        sections: the paper's sections by ordinal.
    """
    if item.kind != "appendix" or item.parent is None or (above := sections.get(item.parent)) is None:
        return None
    outer = home(above, sections)
    return outer if outer.kind in {"item", "report", "appendix"} else None


def paragraph(section: Section, span: Span, text: str) -> int:
    """Count paragraphs from the section's heading, which is 0, to the start of ``span``.

    Args:
        section: the section that holds the span.
        span: the place, on a page of the section.
        text: the stored text of that page.
    """
    starts = [own.start for own in section.spans if own.page == span.page and own.start <= span.start]
    return text.count("\n", min(starts, default=0), span.start)


def reference(
    stored: StoredPassage,
    label: str = "",
    *,
    page: int | None = None,
    item: Section | None = None,
    around: Section | None = None,
    paragraph: int = 0,
) -> str:
    """Put a passage's place into words.

    Args:
        stored: the passage with its paper and section.
        label: the printed number of the page that is cited, "" if none is known.
        page: the 1-based sheet that is cited; the passage's first by default.
        item: the item or report that the section belongs to (see `home`); the section itself by default.
        around: what the item is attached to (see `around`): "Appendix 1" says little without its report.
        paragraph: for papers without pages, the paragraph under its heading, counted from 1; 0 if not known.

    Returns:
        One line without line breaks, never empty.
    """
    section, paper = stored.section, stored.paper
    item = item or section
    own = item.kind in {"item", "report", "appendix"}
    minuted = stored.passage.kind in _MINUTED or (item.kind == "item" and stored.passage.kind != "agenda")
    numbered = (around or item) if item.kind == "appendix" else item
    number = _tidy(numbered.number) if own and numbered.kind != "appendix" else ""
    parts = [
        _where(section.meeting, paper),
        f"{'minute' if minuted else 'item'} {number}" if number else "",
        _pack(section.meeting, paper),
        shortened(_tidy(around.title)) if around else "",
        "" if minuted and number else _title(item, stored, own=own),
    ]
    if paper.paged:
        first = stored.passage.pages[0] if stored.passage.pages else 1
        parts.append(leaf(page or first, label))
    else:
        heading = _tidy(section.title)
        parts.append(f"under “{shortened(heading)}”" if heading and shortened(heading) not in parts else "")
        parts.append(f"paragraph {paragraph}" if paragraph > 0 else "")
    return _join(parts)


def decision_reference(stored: StoredDecision, label: str = "") -> str:
    """Put a decision's place into words, as `reference` does for a passage.

    Args:
        stored: the decision with its paper.
        label: the printed number of its first page, "" if none is known.
    """
    decision, paper = stored.decision, stored.paper
    number, title = _tidy(decision.item), shortened(_tidy(decision.title))
    word = "item" if decision.recommendation else "minute"
    page = decision.pages[0] if decision.pages else 1
    return _join(
        [
            _where(decision.meeting, paper),
            f"{word} {number}" if number else "",
            _pack(decision.meeting, paper),
            title if decision.recommendation or not number else "",
            leaf(page, label) if paper.paged else (f"under “{title}”" if title and number else ""),
        ]
    )


def place(paper: Paper, section: Section, spans: Sequence[Span]) -> str:
    """Put the place of a sentence into words: body, day, item or heading, pack and page."""
    number, title = _tidy(section.number), shortened(_tidy(section.title))
    word = "minute" if section.kind == "item" else "item"
    return _join(
        [
            _where(section.meeting, paper),
            f"{word} {number}" if number and section.kind in {"item", "report"} else "",
            _pack(section.meeting, paper),
            title,
            leaf(spans[0].page) if paper.paged and spans else "",
        ]
    )


def placed(paper: Paper, meeting: Meeting, pages: Iterable[int]) -> dict[str, Any]:
    """Give the JSON form of a place: body and day, file, and its 1-based sheets, none for a paper without pages."""
    sheets = list(dict.fromkeys(pages)) if paper.paged else []
    return {
        "authority": meeting.authority or paper.meeting.authority,
        "board": meeting.board or paper.meeting.board,
        "meeting_date": meeting.date.isoformat() if meeting.date else None,
        "file": paper.path,
        "page": next(iter(sheets), None),
        "pages": sheets,
    }


def address(paper: Paper, page: int | None = None) -> str:
    """Give a paper's address at its council, opened at a sheet; "" where no sidecar names one.

    Args:
        paper: the paper.
        page: the 1-based sheet to open at, for PDF; None for none.
    """
    if not paper.url.startswith(("https://", "http://")):
        return ""
    return f"{paper.url}#page={page}" if page and paper.format == "pdf" and "#" not in paper.url else paper.url


def copyable(reference: str, paper: Paper, page: int | None = None) -> str:
    """Give a reference as it is copied: with the paper's address at its council where that is known."""
    return ", ".join(part for part in (reference, address(paper, page)) if part)


def _where(meeting: Meeting, paper: Paper) -> str:
    """Name body and date of the meeting; the paper's own name where no body is known."""
    name = body(meeting) or body(paper.meeting)
    when = meeting.date or paper.meeting.date
    if not name:
        name = shortened(_tidy(paper.title)) or _tidy(PurePath(paper.path).name) or f"paper {paper.id[:12]}"
    return _join([name, dates.written(when) if when else ""])


def _pack(meeting: Meeting, paper: Paper) -> str:
    """Say where it is printed, if that is the paper of another meeting: ``pack of 7 February 2017``."""
    printed = paper.meeting.date
    if printed is None or meeting.date is None or printed == meeting.date:
        return ""
    board = _tidy(paper.meeting.board)
    whose = f"{board} " if board and meeting.board and board.casefold() != _tidy(meeting.board).casefold() else ""
    return f"{whose}{_PRINTED_IN.get(paper.kind, 'papers')} of {dates.written(printed)}"


def _title(item: Section, stored: StoredPassage, *, own: bool) -> str:
    """Choose the title that a reader would look for: the report's, else the outermost heading, else the paper's."""
    meeting = _join([_tidy(item.meeting.board), dates.written(item.meeting.date) if item.meeting.date else ""])
    # the trail begins with the meeting, which the reference has named already
    trail = stored.passage.trail[bool(stored.passage.trail and meeting.startswith(stored.passage.trail[0])) :]
    chosen = item.title if own else (trail[0] if trail else item.title)
    return shortened(_tidy(chosen) or _tidy(stored.paper.title))


def _tidy(text: str) -> str:
    """Put text on one line, without the punctuation that would dangle in a list of parts."""
    return " ".join(text.split()).strip(" ,;:.–—-|").rstrip(" ([,").lstrip(" )],")


def shortened(title: str) -> str:
    """Cut a long title at a word, with an ellipsis."""
    if len(title) <= BOUNDS.title_characters:
        return title
    return (
        textwrap.shorten(title, BOUNDS.title_characters, placeholder="…")
        if " " in title
        else title[: BOUNDS.title_characters - 1] + "…"
    )


def _join(parts: list[str]) -> str:
    """Join what is known by commas, each part once."""
    return ", ".join(dict.fromkeys(part for part in parts if part))

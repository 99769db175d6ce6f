"""Where a report begins: the labels of its head ("Title of report:", "To: Cabinet, 30 January 2025", "Author")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.heads import filing
from indexer.heads.headings import clean_title, is_closing, is_known
from indexer.heads.openings import HEAD_BLOCKS, Head, first_date
from indexer.layout.blocks import Placed
from indexer.records import Meeting
from indexer.text import bodies, dates

_LONGEST_LABEL = 60
# The words of a value in this many cells or more are in no certain order.
_CELLS = 4
_LABEL = re.compile(
    r"(?:^|(?<=[\s\t]))(?P<label>title of (?:the )?(?:report|paper)|report title|report (?:to|by|of|author)|"
    r"meeting(?: date| title)?|date(?: of meeting)?|committee(?: date)?|(?:lead |responsible )?(?:officer|author"
    r"|director)s?|"
    r"subject(?: matter)?|title|to|from|by|agenda item(?: no)?|item(?: no)?|decision (?:number|no|maker)"
    r"|key decision|classification|"
    r"presented by|portfolio holder|cabinet member|purpose|recommendations?|wards?(?: affected)?|for (?:decision"
    r"|information)|"
    r"past pathway(?: of (?:paper|report))?|future pathway(?: of (?:paper|report))?|electoral divisions?|status"
    r"|contact|summary)"
    r"\.?\s*(?::|\t)",
    re.IGNORECASE,
)
# The first half of a label in two languages: "Dyddiad / Date: …"
_TONGUE = re.compile(r"^[^:\t/]{2,40}\s/\s(?=[^:\t/]{2,40}[:\t])")
# Labels that only the head of a report has.
_REPORT_LABELS = ("title of", "report ", "author", "presented by")
# Labels whose text is the report's own: the head ends before them.
_TEXT_LABELS = ("recommendation", "purpose", "summary", "for ")
_TITLE_LABELS = ("title", "report title", "subject")
_MEETING_LABELS = frozenset(("meeting", "meeting title", "committee", "to", "report to", "decision maker"))
# What may precede a report's head apart from the authority's name.
_STAMP = re.compile(r"paper [A-Z]{1,2}\d?|report|not? exempt|unrestricted|open", re.IGNORECASE)
# "Agenda item 11", in a label, in a line or stamped on a sheet
ITEM = re.compile(
    r"(?P<agenda>agenda )?item(?: no\.?| number)?\s*:?\s*(?P<number>\d{1,2}(?:\.\d{1,2}|[a-z])?)\b", re.IGNORECASE
)


def report_head(blocks: Sequence[Placed], at: int) -> Head | None:
    """Return the head of a report that begins with block ``at``: label rows such as "Title of report:", or None.

    The head ends where labels end. Its title is the labelled one, else the heading just above the labels; it is ""
    where the label is there and what it says cannot be read.
    """
    if not _labelled(blocks, at):
        return None
    labels: dict[str, str] = {}
    end = at
    for index in range(at, min(at + HEAD_BLOCKS, len(blocks))):
        fresh = _labelled(blocks, index)
        # labels go on over a page's end, but not after other text
        apart = blocks[index].page > blocks[at].page + (index == end)
        if apart or (not fresh and (index - end > 2 or is_known(blocks[index].text))):
            break
        for label, value in fresh.items():
            labels.setdefault(label, value)
            if label.startswith(_TEXT_LABELS):
                return _head_from(blocks, at, end, labels)
            end = index + 1
            in_cells = not blocks[index].read and blocks[index].text.count("\t") >= _CELLS
            if not value and not in_cells and end < len(blocks) and not _LABEL.match(blocks[end].text.strip()):
                labels[label] = blocks[end].text.strip()
    return _head_from(blocks, at, end, labels)


def _labelled(blocks: Sequence[Placed], index: int) -> dict[str, str]:
    """Return the labels of a block with their values; a label may be wrapped over two rows of a table."""
    text = blocks[index].read or blocks[index].text.strip()
    text = _TONGUE.sub("", text) if "/" in text else text
    if ":" not in text[:_LONGEST_LABEL] and "\t" not in text[:_LONGEST_LABEL]:
        return {}
    if _column_names(text):
        return {}
    marks = list(_LABEL.finditer(text[:1200]))
    if marks and marks[0].start() == 0:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return {
            " ".join(mark["label"].lower().split()): _value(text[mark.end() : end])
            for mark, end in zip(marks, ends, strict=True)
        }
    if index + 1 < len(blocks) and blocks[index].row and blocks[index + 1].row:
        label, _, value = text.partition("\t")
        more, _, rest = blocks[index + 1].text.strip().partition("\t")
        if (match := _LABEL.match(f"{label} {more}\t")) and not _LABEL.match(more):
            return {" ".join(match["label"].lower().split()): " ".join(f"{value} {rest}".split())}
    return {}


def _value(text: str) -> str:
    """The text after a label; "" where a line was set so wide that its words were taken for a table's cells."""
    return "" if text.count("\t") >= _CELLS else " ".join(text.replace("\t", " ").split())


def _column_names(text: str) -> bool:
    """Whether a row names the columns of an agenda ("Item, Subject, Pages"): three short cells, none with a colon."""
    cells = text.split("\t")
    return len(cells) >= 3 and ":" not in text and all(len(cell.split()) <= 2 for cell in cells)


def _head_from(blocks: Sequence[Placed], at: int, end: int, labels: dict[str, str]) -> Head | None:
    title = next((value for label, value in labels.items() if label.startswith(_TITLE_LABELS)), "")
    meeting = next((value for label, value in labels.items() if label in _MEETING_LABELS), "")
    day = first_date([value for label, value in labels.items() if "date" in label.split()] + [meeting])
    start = at
    while start > 0 and _above_head(blocks[start - 1], blocks[at].page):
        start -= 1
    said = [f"item {value}" for label, value in labels.items() if "item" in label.split()]
    said += [block.text for block in blocks[start:at]]
    number = next((match["number"] for text in said if (match := ITEM.search(text))), "")
    if not title and start > 0 and blocks[start - 1].page >= blocks[at].page - 1 and _may_be_title(blocks[start - 1]):
        title, start = blocks[start - 1].text.strip(), start - 1
    template = any(label.startswith(_REPORT_LABELS) for label in labels)
    unread = any(label.startswith(_TITLE_LABELS) and not value for label, value in labels.items())
    if not (title or unread) or not (
        (len(labels) >= 3 and (meeting or day)) or (len(labels) >= 2 and (template or day))
    ):
        return None
    above = [block.text for block in blocks[start:at]]
    name = bodies.board(re.split(r"(?<!\s)\s+(?:[–—-]|on)\s+|,? \d", meeting)[0])
    name = name or next((board for text in above if not bodies.authority(text) and (board := bodies.board(text))), "")
    day = day or next((printed for text in above if (printed := dates.whole(text))), None)
    return Head(start, end, clean_title(title), Meeting("", name, day), number)


def _may_be_title(block: Placed) -> bool:
    words = block.text.split()
    if block.row or is_known(block.text) or is_closing(block.text):
        return False
    return 1 < len(words) <= 30 and not block.text.rstrip().endswith((".", ":", ";"))


def _above_head(block: Placed, page: int) -> bool:
    """Whose paper it is and what is stamped on it, also at the foot of the page before; board and date on its page."""
    text = block.text.strip()
    if block.page >= page - 1 and (bodies.authority(text) or ITEM.fullmatch(text) or _STAMP.fullmatch(text)):
        return True
    return block.page == page and bool(bodies.board(text) or dates.whole(text) or filing.dated_board(text)[0])
